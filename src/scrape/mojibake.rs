//! UTF-8 that was taken for windows-1252 on its way here and written as UTF-8 again: "itâ€™s" for "it’s".
//!
//! Mended only in a text that no language could have written so; "LIBERTÉ »" by itself is French.

use encoding_rs::WINDOWS_1252;

/// As many pairs as "Ã©" or "Ð°" in a text are no chance.
const MANY: usize = 5;
/// How letters and signs of UTF-8 begin, read as windows-1252: those of Latin and Cyrillic texts.
const LEADS: [char; 8] = ['Â', 'Ã', 'Ð', 'Ñ', 'Å', 'Æ', 'Ë', 'â'];
/// How quotes and dashes begin; alone, it was a closing quote.
const LOST: &str = "â€";
/// Times that a text is taken for windows-1252 at most.
const ROUNDS: usize = 3;

/// The text as it was meant, if it is such a one.
pub fn mended(text: &str) -> Option<String> {
    let mut mended = once(text)?;
    for _ in 1..ROUNDS {
        match once(&mended) {
            Some(again) => mended = again,
            None => break,
        }
    }
    Some(mended)
}

fn once(text: &str) -> Option<String> {
    let certain = text.match_indices(LOST).any(|(at, _)| letter(&text[at..]).is_some());
    let pairs = || {
        let leads = text.match_indices(['Â', 'Ã', 'Ð', 'Ñ']);
        leads.filter(|(at, _)| letter(&text[*at..]).is_some()).take(MANY).count()
    };
    if !certain && pairs() < MANY {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(LEADS) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match letter(rest) {
            Some((meant, length)) => {
                out.push(meant);
                rest = &rest[length..];
            }
            // A closing quote's last byte is no letter of windows-1252: it was lost.
            None if rest.starts_with(LOST) => {
                out.push('”');
                rest = rest[LOST.len()..].trim_start_matches('\u{fffd}');
            }
            None => {
                let kept = rest.chars().next().map_or(0, char::len_utf8);
                out.push_str(&rest[..kept]);
                rest = &rest[kept..];
            }
        }
    }
    out.push_str(rest);
    Some(out)
}

/// The letter whose UTF-8 bytes, read as windows-1252, stand at the start of `text`, and their length there.
fn letter(text: &str) -> Option<(char, usize)> {
    let mut bytes = [0; 3];
    let mut length = 0;
    let count = if text.starts_with('â') { 3 } else { 2 };
    for (at, c) in text.chars().take(count).enumerate() {
        bytes[at] = byte(c)?;
        length += c.len_utf8();
    }
    let meant = std::str::from_utf8(&bytes[..count]).ok()?.chars().next()?;
    // "â" begins many scripts' letters as well; what is meant by it in practice are signs.
    (count == 2 || matches!(meant, '\u{2010}'..='\u{2044}' | '€' | '™')).then_some((meant, length))
}

/// The byte that windows-1252 has for `c`; it leaves five to control characters.
fn byte(c: char) -> Option<u8> {
    if let '\u{80}'..='\u{9f}' = c {
        return u8::try_from(u32::from(c)).ok();
    }
    let mut utf8 = [0; 4];
    match *WINDOWS_1252.encode(c.encode_utf8(&mut utf8)).0 {
        [byte] if byte >= 0x80 => Some(byte),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_decoded_wrongly_on_its_way_is_mended() {
        let said = "“It’s open – at last…”, the café’s owner said: 5 €";
        let spoilt = |text: &str| {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(text.as_bytes());
            text.into_owned()
        };
        assert!(spoilt(said).starts_with("â€œItâ€™s"));
        assert_eq!(mended(&spoilt(said)).as_deref(), Some(said));
        assert_eq!(mended(&spoilt(&spoilt(said))).as_deref(), Some(said));
        assert_eq!(mended("â€œSoâ€ he saidâ€\u{fffd}.").as_deref(), Some("“So” he said”."));
        assert_eq!(mended(&spoilt("Президент встретился")).as_deref(), Some("Президент встретился"));
    }

    #[test]
    fn letters_that_a_language_writes_so_stay() {
        for text in
            ["LIBERTÉ », dit-il", "« CAFÉ”", "São Paulo, MANHÃ »", "Ðe Ñandú â la carte", "it’s – “so”", "â€"]
        {
            assert_eq!(mended(text), None, "{text}");
        }
    }
}
