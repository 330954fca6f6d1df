//! Texts of scenarios that differ in a few keys.

/// The lines of `base` with `keys` in the place of those that they name.
pub fn with_keys(base: &str, keys: &str) -> String {
    let key = |line: &str| line.split(" =").next().unwrap_or("").to_owned();
    let is_left = |line: &&str| !keys.lines().any(|own| key(own) == key(line));
    let left: Vec<&str> = base.lines().filter(is_left).collect();
    left.join("\n") + "\n" + keys
}
