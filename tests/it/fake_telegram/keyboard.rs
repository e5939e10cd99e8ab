//! Buttons below a message, as the Bot API takes them.

use serde_json::Value;

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What stands on it.
    pub text: String,
    /// What a press sends; empty for one with a link.
    pub data: String,
}

/// The rows of an inline keyboard, checked; none for another or no markup.
pub fn read(fields: &Value) -> Result<Vec<Vec<Button>>, String> {
    let markup = &fields["reply_markup"];
    // A form has it as text.
    let markup: Value = match markup.as_str() {
        Some(text) => {
            serde_json::from_str(text).map_err(|_| "Bad Request: can't parse reply keyboard markup")?
        }
        None => markup.clone(),
    };
    let Some(rows) = markup["inline_keyboard"].as_array() else { return Ok(Vec::new()) };
    let mut keyboard = Vec::new();
    for row in rows {
        let row: Result<Vec<Button>, String> = row.as_array().into_iter().flatten().map(button).collect();
        let row = row?;
        if row.len() > 8 {
            return Err("Bad Request: the fake shows eight buttons a row".into());
        }
        keyboard.push(row);
    }
    if keyboard.iter().map(Vec::len).sum::<usize>() > 100 {
        return Err("Bad Request: REPLY_MARKUP_TOO_LONG".into());
    }
    Ok(keyboard)
}

fn button(button: &Value) -> Result<Button, String> {
    let text = button["text"].as_str().unwrap_or_default().to_owned();
    if text.trim().is_empty() {
        return Err("Bad Request: can't parse inline keyboard button: text must be non-empty".into());
    }
    match (button["callback_data"].as_str(), button["url"].as_str()) {
        (Some(data), None) if (1..=64).contains(&data.len()) => Ok(Button { text, data: data.into() }),
        (None, Some(url)) if url.contains("://") => Ok(Button { text, data: String::new() }),
        (Some(_), None) => Err("Bad Request: BUTTON_DATA_INVALID".into()),
        _ => Err("Bad Request: BUTTON_TYPE_INVALID".into()),
    }
}

#[test]
fn a_button_carries_one_to_sixty_four_bytes() {
    let with = |data: &str| {
        read(
            &serde_json::json!({ "reply_markup": { "inline_keyboard": [[{ "text": "a", "callback_data": data }]] } }),
        )
    };
    assert!(with("x").is_ok() && with(&"x".repeat(64)).is_ok());
    assert!(with("").is_err() && with(&"x".repeat(65)).is_err() && with(&"ж".repeat(33)).is_err());
}
