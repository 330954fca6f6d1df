//! Escaping for XML, GitHub-flavored Markdown, shell commands and GitHub Actions workflow commands.
//!
//! In: arbitrary texts. Out: texts that cannot act as markup, end an element or a command, or notify a GitHub
//! user. Not here: HTML (maud).

use super::text::one_line;
use crate::units::is_acting;

/// Escapes a text for XML. Control characters, which XML cannot contain, are dropped. A line break becomes a
/// character reference, since a bare one in an attribute is read as a space.
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            c if is_acting(c) => {}
            '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

/// Escapes the message of a GitHub Actions workflow command. `%` is replaced first, since the other
/// replacements produce it.
pub fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property value of a GitHub Actions workflow command.
pub fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Formats `text` as inline Markdown code that shows it unchanged, also inside a table cell.
pub(super) fn markdown_code(text: &str) -> String {
    let text = one_line(text).replace('|', "\\|");
    if text.is_empty() {
        return String::new();
    }
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') || text.trim().is_empty() { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Escapes `text` for Markdown, including HTML signs and GitHub mentions.
pub(super) fn markdown(text: &str) -> String {
    let text = one_line(text);
    // an interval in brackets cannot become a link
    if let Some(inner) = text.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
        return format!("[{}]", markdown(inner));
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // no mention of a user or an issue of another repository
            '@' | '#' => out.push_str(&format!("{c}<!-- -->")),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// Quotes `name` so that a shell reads it as one word.
pub fn argument(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "._-/+,:@%".contains(c);
    if !name.is_empty() && name.chars().all(is_plain) {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_can_end_its_element() {
        let nasty = "a<b>&\"'\u{0}\u{1b}[31m\u{7f}\u{85}\u{ffff}]]>\n\té";
        assert_eq!(xml(nasty), "a&lt;b&gt;&amp;&quot;&apos;[31m]]&gt;&#10;&#9;é");
    }

    #[test]
    fn nothing_in_a_text_can_end_its_command() {
        assert_eq!(property("50 %: no, never"), "50 %25%3A no%2C never");
        assert_eq!(data("100 %\r\nand: more"), "100 %25%0D%0Aand: more");
    }

    #[test]
    fn code_is_fenced_by_more_backticks_than_it_holds() {
        assert_eq!(markdown_code("a|b"), "`a\\|b`");
        assert_eq!(markdown_code("a``b"), "```a``b```");
        assert_eq!(markdown_code("`a\nb`"), "`` `a b` ``");
        assert_eq!(markdown_code(""), "");
    }

    #[test]
    fn plain_text_is_no_markup_and_calls_nobody() {
        assert_eq!(markdown("<b>|*x*"), "&lt;b&gt;\\|\\*x\\*");
        assert_eq!(markdown("@owner #12"), "@<!-- -->owner #<!-- -->12");
        assert_eq!(markdown("[$1, $2]"), "[\\$1, \\$2]");
        assert_eq!(markdown("[x](//e) 5"), "\\[x\\](//e) 5");
    }
}
