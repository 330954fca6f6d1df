//! A value of a scenario as somebody would say it.
//!
//! In: TOML as written in a file. Out: [`Plain`]. Not here: words (the templates).

use serde::Serialize;

/// A value of an edited key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub(super) enum Plain {
    /// One value, a text without its quotes.
    Single { text: String },
    /// A list or a table with so many entries.
    Several { n: usize },
}

/// Reads `written`; what is no TOML stays as it is.
pub(super) fn plain(written: &str) -> Plain {
    let single = |text: &str| Plain::Single {
        text: text.to_owned(),
    };
    let document = format!("value = {written}");
    match toml::from_str::<toml::Table>(&document)
        .ok()
        .as_ref()
        .and_then(|table| table.get("value"))
    {
        Some(toml::Value::String(text)) => single(text),
        Some(toml::Value::Array(list)) => Plain::Several { n: list.len() },
        Some(toml::Value::Table(table)) => Plain::Several { n: table.len() },
        _ => single(written),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_loses_its_quotes_and_a_table_is_counted() {
        for (written, n) in [("{ a = 0.7, b = 0.3 }", 2), ("[1, 2, 3]", 3), ("[]", 0)] {
            assert_eq!(plain(written), Plain::Several { n });
        }
        for (written, text) in [
            ("\"0.1/year\"", "0.1/year"),
            ("80_000", "80_000"),
            ("= {", "= {"),
        ] {
            let text = text.to_owned();
            assert_eq!(plain(written), Plain::Single { text });
        }
    }
}
