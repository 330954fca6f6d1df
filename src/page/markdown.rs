//! What GitHub-flavored Markdown needs so that nothing that somebody wrote is markup, and nobody is called.
//!
//! In: texts. Out: the same, escaped. Not here: what is said (templates).

use super::text::one_line;

/// `text` as code, exactly as it is; also in the cell of a table.
pub(super) fn code(text: &str) -> String {
    let text = one_line(text).replace('|', "\\|");
    if text.is_empty() {
        return String::new();
    }
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0) + 1);
    let pad = match text.starts_with('`') || text.ends_with('`') || text.trim().is_empty() {
        true => " ",
        false => "",
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// `text` with nothing in it that Markdown or HTML would take for a sign, or GitHub for a name.
pub(super) fn plain(text: &str) -> String {
    let text = one_line(text);
    // an interval in brackets is no link
    if let Some(inner) = text
        .strip_prefix('[')
        .and_then(|inner| inner.strip_suffix(']'))
    {
        return format!("[{}]", plain(inner));
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // names and numbers of other places are not called
            '@' | '#' => {
                out.push(c);
                out.push_str("<!-- -->");
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_fenced_by_more_backticks_than_it_holds() {
        assert_eq!(code("a|b"), "`a\\|b`");
        assert_eq!(code("a``b"), "```a``b```");
        assert_eq!(code("`a\nb`"), "`` `a b` ``");
        assert_eq!(code(""), "");
    }

    #[test]
    fn plain_text_is_no_markup_and_calls_nobody() {
        assert_eq!(plain("<b>|*x*"), "&lt;b&gt;\\|\\*x\\*");
        assert_eq!(plain("@owner #12"), "@<!-- -->owner #<!-- -->12");
        assert_eq!(plain("[$1, $2]"), "[\\$1, \\$2]");
        assert_eq!(plain("[x](//e) 5"), "\\[x\\](//e) 5");
    }
}
