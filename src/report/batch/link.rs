//! Relative links inside the folder of a page.
//!
//! In: a path below the folder. Out: a relative reference of RFC 3986. Not here: pages.

/// Percent-encodes the bytes of `path` that a segment does not allow (`%20`), and colons, which could end a
/// scheme.
pub(super) fn reference(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'/' | b'=' | b',' | b'+' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_that_is_not_allowed_in_a_path_is_encoded() {
        assert_eq!(reference("a b/ö#?%.toml"), "a%20b/%C3%B6%23%3F%25.toml");
        assert_eq!(reference("javascript:x/a=1,b=2"), "javascript%3Ax/a=1,b=2");
    }
}
