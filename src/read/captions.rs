//! Paragraphs of a page that are none of the report's own: captions of photos, bylines.

/// Whether a paragraph is a caption or a byline.
pub fn is_aside(paragraph: &str) -> bool {
    let text = paragraph.trim();
    numbered(text) || credited(text) || byline(text)
}

/// "3 of 12. Rescuers search …": a picture of a gallery.
pub fn numbered(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let number = |w: Option<&str>| w.and_then(|w| w.trim_end_matches(['.', ':', ')']).parse::<u16>().ok());
    let first = words.next();
    number(first).is_some() && words.next() == Some("of") && {
        let last = words.next();
        number(last).is_some() && last.is_some_and(|w| w.ends_with(['.', ':', ')']))
    }
}

/// A picture's credit in a short paragraph.
fn credited(text: &str) -> bool {
    const CREDITS: &[&str] = &[
        "(Photo",
        "Photo credit",
        "PHOTO /",
        "Photo by",
        "Photo:",
        "photo/",
        "Getty Images",
        "Image copyright",
        "Image caption",
        "(File photo",
        "Handout via",
        "Courtesy of",
    ];
    text.len() < 700 && CREDITS.iter().any(|c| text.contains(c))
}

/// "By Ada Morn and Ben Weir": names alone, no sentence.
fn byline(text: &str) -> bool {
    let Some(names) = text.strip_prefix("By ").or_else(|| text.strip_prefix("BY ")) else { return false };
    let mut words = names.split_whitespace();
    names.split_whitespace().count() <= 14
        && !text.ends_with(['.', '!', '?', '"', '”'])
        && words.all(|w| {
            w.starts_with(char::is_uppercase)
                || matches!(w, "and" | "in" | "for" | "of" | "|" | "al" | "de" | "van" | "von" | "bin" | "da")
                || w.starts_with("al-")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_and_bylines_are_told_from_sentences() {
        for aside in [
            "2 of 9. Fishermen mend nets on the quay of Callao, March 7, 2027.",
            "By Ada Morn and Hadi al-Weir",
            "Children wait for water. (Photo credit: Ada Morn/Lantern Images)",
        ] {
            assert!(is_aside(aside), "{aside}");
        }
        for sentence in [
            "2 of 9 judges voted against the treaty.",
            "By Sunday the army had taken the bridge.",
            "By Monday Night Quispe Was Gone.",
            "Police published the photo of the car.",
        ] {
            assert!(!is_aside(sentence), "{sentence}");
        }
    }
}
