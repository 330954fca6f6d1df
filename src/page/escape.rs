//! Texts inside XML and inside workflow commands of GitHub Actions.
//!
//! In: texts that may hold anything. Out: texts in which nothing ends the element or the command. Not here: Markdown
//! (`markdown`), HTML (maud).

use crate::units::is_acting;

/// Signs of the markup written out. Control characters, which XML cannot hold, are left away; a line break is written as
/// a number, since a bare one in an attribute would be read as a space.
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

/// The text of a command. `%` comes first, since the others bring it in.
pub fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property of a command.
pub fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_can_end_its_element() {
        let nasty = "a<b>&\"'\u{0}\u{1b}[31m\u{7f}\u{85}\u{ffff}]]>\n\té";
        assert_eq!(
            xml(nasty),
            "a&lt;b&gt;&amp;&quot;&apos;[31m]]&gt;&#10;&#9;é"
        );
    }

    #[test]
    fn nothing_in_a_text_can_end_its_command() {
        assert_eq!(property("50 %: no, never"), "50 %25%3A no%2C never");
        assert_eq!(data("100 %\r\nand: more"), "100 %25%0D%0Aand: more");
    }
}
