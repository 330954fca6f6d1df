//! Paths as references of RFC 3986.
//!
//! In: paths with `/` between folders. Out: texts for links and for SARIF. Not here: files (`cli`).

/// `path` as a relative reference, or as `file:` if it begins at the root.
pub(super) fn reference(path: &str) -> String {
    let path = path.trim_start_matches("./");
    let encoded = encoded(path);
    match path {
        _ if path.starts_with('/') => format!("file://{encoded}"),
        // a colon in the first folder would be read as the end of a scheme
        _ if encoded
            .split('/')
            .next()
            .is_some_and(|first| first.contains(':')) =>
        {
            format!("./{encoded}")
        }
        _ => encoded,
    }
}

/// Bytes that RFC 3986 does not allow in the segment of a path as `%20` and the like.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'/' | b'=' | b',' | b'+' | b':' => {
                out.push(char::from(byte));
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_letter_of_a_path_is_encoded() {
        assert_eq!(reference("a b/ö#?%.toml"), "a%20b/%C3%B6%23%3F%25.toml");
        assert_eq!(reference("./a=1,b=2/x.toml"), "a=1,b=2/x.toml");
        assert_eq!(reference("/a/b.toml"), "file:///a/b.toml");
        assert_eq!(reference("c:d/x"), "./c:d/x");
    }
}
