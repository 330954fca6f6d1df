//! A comparison as Markdown: fit for a pull request.
//!
//! In: a comparison. Out: text in the dialect that code hosts render. Not here: digits (`figure`).

use super::document::{CasePart, Comparison, Pairing, WhyPart};
use super::figure::figures;
use super::why_text::TOGETHER;
use crate::figure::counted;
use crate::units::is_acting;

impl Comparison {
    /// The bytes of `compare.md`.
    pub fn to_markdown(&self) -> String {
        let mut text = format!("### {}\n\n", escaped(&self.title));
        for case in &self.cases {
            text += &self.table(case);
            if let Some(why) = &case.why {
                text += &self.why(why);
            }
        }
        let remarks = self.remarks();
        for sentence in &remarks {
            text += &format!("> {}\n>\n", escaped(sentence));
        }
        if !remarks.is_empty() {
            text.truncate(text.len() - ">\n".len());
            text.push('\n');
        }
        let sharpness = self
            .sharpness()
            .map_or(String::new(), |sentence| sentence + " ");
        let runs = match self.pairing {
            Pairing::SharedPaths => {
                format!(
                    "{}, {}",
                    counted(self.paths as usize, "shared path"),
                    self.seeds
                )
            }
            Pairing::Reports => "from two reports".to_owned(),
        };
        let (caveat, base) = (self.caveat(), escaped(&self.base.name));
        text += &format!("{sharpness}{caveat} Base: {base}, {runs}.\n");
        text
    }

    fn table(&self, case: &CasePart) -> String {
        let (base, new) = (escaped(&self.base.name), escaped(&case.side.name));
        let mut text =
            format!("| | {base} | {new} | difference, 95 % | |\n| :-- | --: | --: | --: | :-- |\n");
        for headline in &self.headline {
            let found = case.measures.get(&headline.measure);
            let verdict = case.headline.get(&headline.measure);
            let Some((part, verdict)) = found.zip(verdict) else {
                continue;
            };
            let shown = figures(&headline.measure, part, &self.currency);
            let word = match verdict.is_difference() {
                true => format!("**{}**", verdict.word()),
                false => verdict.word().to_owned(),
            };
            text += &format!(
                "| {} | {} | {} | {} | {word} |\n",
                escaped(&headline.label),
                escaped(&shown.base),
                escaped(&shown.new),
                escaped(&shown.whole()),
            );
        }
        text + "\n"
    }

    fn why(&self, why: &WhyPart) -> String {
        let mut text = format!(
            "Why: {}, changed one after the other in this order\n\n| | | |\n| :-- | --: | :-- |\n",
            escaped(&why.label)
        );
        for step in &why.steps {
            let shown = self.shown_change(why, &step.change);
            let place = match step.edits.as_slice() {
                [edit] => edit.place.as_ref(),
                _ => None,
            };
            let place = place.map_or(String::new(), |place| {
                format!("{}:{}", place.file, place.line)
            });
            text += &format!(
                "| {} | {} | {} |\n",
                code(&step.label().whole()),
                escaped(&shown),
                escaped(&place)
            );
        }
        if let Some(whole) = self.together(why) {
            text += &format!("| {TOGETHER} | {} | |\n", escaped(&whole));
        }
        text + "\n"
    }
}

/// Text that no renderer takes for markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '@' | '&' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            letter if is_acting(letter) => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// Text in a code span of a table cell.
fn code(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|letter| match letter {
            '`' => '\'',
            letter if is_acting(letter) => ' ',
            letter => letter,
        })
        .collect();
    format!("`{}`", text.replace('|', "\\|"))
}
