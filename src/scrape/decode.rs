//! Bytes to text: which charset a feed or a page is in.
//!
//! In order: byte order mark; UTF-8, if need be with a flaw (no other charset's text is that by chance); the HTTP
//! header; the document's own declaration; what its letters' frequency tells. Text that was taken for
//! windows-1252 on its way here is mended. Never fails: see `Decoded::damaged`.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::mojibake;

/// Decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// Name of the charset it was decoded from.
    pub charset: &'static str,
}

/// Share of replacement and control characters above which a text is not read.
const DAMAGED: f64 = 0.001;
/// Bytes that are looked at where a charset has to be guessed.
const GUESSED_BY: usize = 256 << 10;

impl Decoded {
    /// See [`damaged`].
    pub fn damaged(&self) -> bool {
        damaged(&self.text)
    }
}

/// More than 0.1 % replacement or control characters: not text, or in another charset than said.
pub fn damaged(text: &str) -> bool {
    let (mut all, mut bad) = (0usize, 0usize);
    for c in text.chars() {
        all += 1;
        bad += usize::from(c == '\u{fffd}' || (c.is_control() && !c.is_ascii_whitespace() && c != '\u{85}'));
    }
    bad as f64 > all as f64 * DAMAGED
}

/// Decodes `bytes`; `content_type` is the HTTP header's value, if there was one.
pub fn decode(bytes: &[u8], content_type: Option<&str>) -> Decoded {
    let encoding = charset(bytes, content_type);
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    let text = mojibake::mended(&text).unwrap_or_else(|| text.into_owned());
    Decoded { text, charset: encoding.name() }
}

fn charset(bytes: &[u8], content_type: Option<&str>) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    let header = content_type.and_then(|value| label_after(value.as_bytes(), b"charset="));
    let declared = header.or_else(|| declaration(bytes));
    // Escape sequences hide in ASCII, so valid UTF-8 says nothing there.
    if declared == Some(ISO_2022_JP) && bytes.contains(&0x1b) {
        return ISO_2022_JP;
    }
    match bytes {
        [b'<', 0, ..] | [b'{', 0, ..] => return UTF_16LE,
        [0, b'<', ..] | [0, b'{', ..] => return UTF_16BE,
        _ => {}
    }
    if mostly_utf8(bytes) {
        return UTF_8;
    }
    match declared {
        // A declaration that could be read as ASCII is not in UTF-16.
        Some(encoding) if encoding != UTF_16LE && encoding != UTF_16BE => encoding,
        _ => guessed(bytes),
    }
}

/// Valid UTF-8, or but for a flaw: a page cut within a letter, one comment pasted in from elsewhere.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut letters, mut flaws) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        flaws += usize::from(!chunk.invalid().is_empty());
    }
    flaws == 0 || letters >= flaws * 20
}

/// The charset where a declaration is missing, or names none that is known: of a page by the letters that the text
/// would have, of a feed windows-1252, as other readers take it.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    if ["<rss", "<feed", "<rdf:"].iter().any(|root| head.contains(root)) {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(GUESSED_BY)], true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// The charset that the document's first bytes declare, by `<?xml encoding=…?>` or `<meta charset=…>`.
fn declaration(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    label_after(head, b"encoding=").or_else(|| label_after(head, b"charset="))
}

fn label_after(text: &[u8], key: &[u8]) -> Option<&'static Encoding> {
    let lower = text.to_ascii_lowercase();
    let at = lower.windows(key.len()).position(|window| window == key)? + key.len();
    let label =
        lower[at..].strip_prefix(b"\"").or_else(|| lower[at..].strip_prefix(b"'")).unwrap_or(&lower[at..]);
    let end =
        label.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b))).unwrap_or(label.len());
    Encoding::for_label(&label[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_charset_is_found_where_it_stands() {
        assert_eq!(decode("\u{feff}né".as_bytes(), None).text, "né");
        assert_eq!(decode("né".as_bytes(), Some("text/xml; charset=iso-8859-1")).text, "né");
        assert_eq!(decode(b"n\xe9", Some("text/xml; charset=utf-8")).text, "n\u{fffd}");
        assert_eq!(
            decode(b"<?xml encoding='windows-1251'?>\xcc", None).text,
            "<?xml encoding='windows-1251'?>М"
        );
        assert_eq!(decode(b"<meta charset=koi8-r>\xcd", None).text, "<meta charset=koi8-r>м");
        assert_eq!(decode(b"n\xe9 \x96", None).text, "né –");
        assert_eq!(decode(b"\xff\xfen\0", None).text, "n");
        assert_eq!(decode(b"\xfe\xff\0n", Some("text/html; charset=utf-8")).text, "n");
        assert_eq!(decode(b"<\0a\0>\0", None).text, "<a>");
    }

    #[test]
    fn a_charset_that_nobody_names_is_told_by_its_letters() {
        let said = "Президент встретился в порту с канцлером, и они договорились о новом пирсе.";
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(said);
        assert_eq!(decode(&bytes, None).text, said);
        assert_eq!(decode(&bytes, Some("text/html; charset=klingon")).text, said);
        let said = "Prezydent spotkał się w porcie z kanclerzem i uzgodnił z nim budowę nowego mola.";
        let (bytes, ..) = encoding_rs::WINDOWS_1250.encode(said);
        assert_eq!(decode(&bytes, Some("text/html; charset=windows-1250")).text, said);
    }

    #[test]
    fn one_flaw_does_not_make_a_text_of_another_charset() {
        let said = "«Пирс» – it’s open".repeat(10);
        let mut bytes = said.clone().into_bytes();
        bytes.pop();
        bytes.push(0xe2);
        for declared in [None, Some("text/html; charset=utf-8"), Some("text/html; charset=iso-8859-1")] {
            assert!(decode(&bytes, declared).text.starts_with(&said[..said.len() - 1]), "{declared:?}");
        }
    }

    #[test]
    fn random_bytes_are_told_from_text() {
        let noise: Vec<u8> = (0..2000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(decode(&noise, None).damaged());
        assert!(!decode("Plain text.\n\tMore of it.".as_bytes(), None).damaged());
    }
}
