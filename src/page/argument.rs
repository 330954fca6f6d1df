//! A text as one argument of a command.

/// `name` as a shell takes it for one word.
pub fn argument(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "._-/+,:@%".contains(c);
    if !name.is_empty() && name.chars().all(is_plain) {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\'', "'\\''"))
    }
}
