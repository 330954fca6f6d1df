//! A comparison on one screen.
//!
//! In: a comparison, the width of the terminal. Out: plain text. Not here: digits (`figure`),
//! sentences (`sentences`), what each edit does (`why_text`).

use super::super::layout::Page;
use super::document::{CasePart, Comparison, HeadlinePart, Pairing, VerdictPart};
use super::figure::{Figures, figures};
use crate::figure::counted;

/// Narrowest and widest name of a scenario above a column.
const NAMES: (usize, usize) = (7, 14);

impl Comparison {
    /// The screen that `compare` prints on a terminal of `width` columns; 60 to 80 are used.
    pub fn to_text(&self, width: usize) -> String {
        let mut page = Page::new(width);
        let runs = match self.pairing {
            Pairing::SharedPaths => counted(self.paths as usize, "shared path"),
            Pairing::Reports => "from two reports".to_owned(),
        };
        page.flush(&format!(
            "{} · base: {} · {runs}",
            self.title, self.base.name
        ));
        page.gap();
        match self.cases.as_slice() {
            [case] => self.write_case(case, &mut page),
            _ => self.write_cases(&mut page),
        }
        for case in &self.cases {
            if let Some(why) = &case.why {
                self.write_why(case, why, &mut page);
            }
        }
        self.write_end(&mut page);
        page.into_text()
    }

    /// Columns: base, new, difference, verdict.
    fn write_case(&self, case: &CasePart, page: &mut Page) {
        let rows = self.rows(case);
        let widest = |least: usize, of: &dyn Fn(&Figures) -> String| {
            let lengths = rows.iter().map(|row| length(&of(&row.figures)));
            lengths.max().unwrap_or(0).max(least)
        };
        let base = widest(NAMES.0, &|figures| figures.base.clone());
        let new = widest(NAMES.0, &|figures| figures.new.clone());
        let difference = widest("difference".len(), &Figures::whole);
        let labels = rows.iter().map(|row| length(&row.headline.label));
        let label = labels.max().unwrap_or(0);
        let verdicts = rows.iter().map(|row| length(row.verdict.word()));
        let verdict = verdicts.max().unwrap_or(0);
        let needed = 2 + label + 2 + base + 2 + new + 2 + difference + 2 + verdict;
        let is_wide = needed <= page.width();
        // what is free goes to the names
        let room = match is_wide {
            true => (base.min(new) + (page.width() - needed) / 2).min(NAMES.1),
            false => NAMES.1,
        };
        let names = shortened_apart(&[&self.base.name, &case.side.name], room);
        let (base, new) = (base.max(length(&names[0])), new.max(length(&names[1])));
        let heading = match is_wide {
            true => format!("  {}", right("difference", difference)),
            false => String::new(),
        };
        page.line(&format!(
            "{:width$}{}  {}{heading}",
            "",
            right(&names[0], base),
            right(&names[1], new),
            width = 2 + label + 2
        ));
        for row in rows {
            let values = format!(
                "  {}  {}  {}",
                left(&row.headline.label, label),
                right(&row.figures.base, base),
                right(&row.figures.new, new)
            );
            let verdict = row.verdict.word();
            let whole = row.figures.whole();
            match is_wide {
                true => page.line(&format!(
                    "{values}  {}  {verdict}",
                    right(&whole, difference)
                )),
                false => {
                    page.line(&values);
                    page.line(&format!("    {whole}  {verdict}"));
                }
            }
        }
        page.gap();
    }

    /// One block per measure, one row per case.
    fn write_cases(&self, page: &mut Page) {
        let room = page
            .width()
            .saturating_sub(4 + 2 + 9 + 2 + 16 + 2 + 10)
            .max(NAMES.1);
        let names = self.cases.iter().map(|case| case.side.name.as_str());
        let names: Vec<&str> = [self.base.name.as_str()].into_iter().chain(names).collect();
        let shown = shortened_apart(&names, room);
        let name_width = shown.iter().map(|name| length(name)).max().unwrap_or(0);
        let per_case: Vec<Vec<Row<'_>>> = self.cases.iter().map(|case| self.rows(case)).collect();
        for headline in &self.headline {
            let found = shown[1..].iter().zip(&per_case).filter_map(|(name, rows)| {
                let mut rows = rows.iter();
                let row = rows.find(|row| row.headline.measure == headline.measure)?;
                Some((name, row))
            });
            let found: Vec<(&String, &Row<'_>)> = found.collect();
            let values = found
                .iter()
                .flat_map(|(_, row)| [&row.figures.base, &row.figures.new]);
            let value_width = values.map(|value| length(value)).max().unwrap_or(0);
            let wholes = found.iter().map(|(_, row)| length(&row.figures.whole()));
            let whole_width = wholes.max().unwrap_or(0);
            page.line(&format!("  {}", headline.label));
            let line = |name: &str, value: &str| {
                let name = left(name, name_width);
                format!("    {name}  {}", right(value, value_width))
            };
            if let Some((_, row)) = found.first() {
                page.line(&line(&shown[0], &row.figures.base));
            }
            for (name, row) in found {
                let (whole, verdict) = (row.figures.whole(), row.verdict.word());
                let values = line(name, &row.figures.new);
                page.line(&format!(
                    "{values}  {}  {verdict}",
                    right(&whole, whole_width)
                ));
            }
            page.gap();
        }
    }

    fn rows(&self, case: &CasePart) -> Vec<Row<'_>> {
        let rows = self.headline.iter().filter_map(|headline| {
            let part = case.measures.get(&headline.measure)?;
            Some(Row {
                headline,
                figures: figures(&headline.measure, part, &self.currency),
                verdict: *case.headline.get(&headline.measure)?,
            })
        });
        rows.collect()
    }

    fn write_end(&self, page: &mut Page) {
        for sentence in self.remarks() {
            page.hanging(&format!("! {sentence}"));
        }
        if let Some(sentence) = self.sharpness() {
            page.flush(&sentence);
        }
        page.flush(&self.caveat());
    }
}

/// A line of the table.
struct Row<'a> {
    headline: &'a HeadlinePart,
    figures: Figures,
    verdict: VerdictPart,
}

pub(super) fn length(text: &str) -> usize {
    text.chars().count()
}

pub(super) fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(length(text))))
}

pub(super) fn left(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(length(text))))
}

/// `names` in at most `width` letters each, cut where they are alike if that helps to tell them
/// apart.
fn shortened_apart(names: &[&str], width: usize) -> Vec<String> {
    if names.iter().all(|name| length(name) <= width) {
        return names.iter().map(|name| (*name).to_owned()).collect();
    }
    let letters: Vec<Vec<char>> = names.iter().map(|name| name.chars().collect()).collect();
    let shortest = letters.iter().map(Vec::len).min().unwrap_or(0);
    let is_shared = |at: &usize| letters.iter().all(|name| name[*at] == letters[0][*at]);
    let n_alike = (0..shortest).take_while(is_shared).count();
    // whole words alone
    let mut alike = letters[0][..n_alike].iter();
    let n_shared = alike
        .rposition(|letter| !letter.is_alphanumeric())
        .map_or(0, |at| at + 1);
    let cut = |name: &Vec<char>| {
        let all: String = name.iter().collect();
        match name.len() <= width || n_shared < 2 {
            true => shortened(&all, width),
            false => {
                let rest: String = name[n_shared..].iter().collect();
                shortened(&format!("…{rest}"), width)
            }
        }
    };
    letters.iter().map(cut).collect()
}

/// At most `width` letters; what is cut shows.
pub(super) fn shortened(text: &str, width: usize) -> String {
    if length(text) <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::shortened_apart;

    #[test]
    fn names_are_cut_where_they_are_alike() {
        let cut = |names: &[&str]| shortened_apart(names, 10);
        assert_eq!(cut(&["base", "new"]), ["base", "new"]);
        assert_eq!(
            cut(&["folder/sc/defi", "folder/sc2/defi"]),
            ["…sc/defi", "…sc2/defi"]
        );
        assert_eq!(
            cut(&["passive-income", "monoculture"]),
            ["passive-i…", "monocultu…"]
        );
    }
}
