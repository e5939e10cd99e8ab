//! A request's body: JSON, or a form with files.

use serde_json::{Value, json};

/// A file that came with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Fields, and the file if there is one.
pub fn read(content_type: &str, body: &[u8]) -> (Value, Option<File>) {
    let Some((_, boundary)) = content_type.split_once("boundary=") else {
        return (serde_json::from_slice(body).unwrap_or(json!({})), None);
    };
    let (mut fields, mut file) = (json!({}), None);
    let mark = format!("--{}", boundary.trim_matches('"'));
    for part in split(body, mark.as_bytes()) {
        // Between the marks stands CRLF, head, blank line, content, CRLF.
        let Some(at) = find(part, b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&part[..at]);
        let content = &part[at + 4..];
        let content = content.strip_suffix(b"\r\n").unwrap_or(content);
        let named = |key: &str| {
            let (_, rest) = head.split_once(&format!("; {key}=\""))?;
            Some(rest.split_once('"')?.0.to_owned())
        };
        match (named("filename"), named("name")) {
            (Some(name), _) => file = Some(File { name, bytes: content.to_vec() }),
            (None, Some(name)) => fields[name] = json!(String::from_utf8_lossy(content)),
            (None, None) => {}
        }
    }
    (fields, file)
}

fn split<'a>(body: &'a [u8], mark: &[u8]) -> Vec<&'a [u8]> {
    let (mut parts, mut rest) = (Vec::new(), body);
    while let Some(at) = find(rest, mark) {
        parts.push(&rest[..at]);
        rest = &rest[at + mark.len()..];
    }
    parts
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

#[test]
fn a_form_with_a_picture_is_read_to_the_byte() {
    let picture = b"\x89PNG\r\n\r\n--x\r\n\x00\xff".to_vec();
    let mut body =
        b"--B\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\nTwo\r\nlines\r\n".to_vec();
    body.extend(b"--B\r\nContent-Disposition: form-data; name=\"f1\"; filename=\"a.png\"\r\n\r\n");
    body.extend(&picture);
    body.extend(b"\r\n--B--\r\n");
    let (fields, file) = read("multipart/form-data; boundary=B", &body);
    assert_eq!(fields["caption"], "Two\r\nlines");
    assert_eq!(file, Some(File { name: "a.png".into(), bytes: picture }));
}
