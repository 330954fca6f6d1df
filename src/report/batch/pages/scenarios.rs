//! Every scenario of a batch, what came of it, and its report.
//!
//! In: a [`BatchReport`]. Out: a table of the page. Not here: why (`gates`, `changes`, `problems`).

use super::super::tally::is_changed;
use super::super::uri::reference;
use super::super::{AgainstPart, BatchReport, CasePart, GateVerdict, Standing, State};
use super::STANDINGS;
use crate::figure::grouped;
use crate::page::{Cell, Document, Span, Table, Text, Tone};

impl BatchReport {
    pub(super) fn write_scenarios(&self, page: &mut Document) {
        page.heading("SCENARIOS", "");
        let headings = [
            "scenario",
            "came to",
            ">gates passed",
            "baseline",
            ">paths",
            "title",
        ];
        let mut table = Table::new(&headings);
        for case in &self.cases {
            let (id, paths, title) = match &case.state {
                State::Simulated {
                    report,
                    paths,
                    title,
                    ..
                } => {
                    let link = Span::Link(reference(report), case.id.clone());
                    (Text(vec![link]), grouped(*paths), title.as_str())
                }
                _ => (Text::code(case.id.as_str()), String::new(), ""),
            };
            let is_passed = |verdict: GateVerdict| verdict == GateVerdict::Pass;
            let passed = case.gates.iter().filter(|gate| is_passed(gate.verdict));
            let passed = match case.gates.len() {
                0 => String::new(),
                n => format!("{} of {n}", passed.count()),
            };
            table.row(vec![
                id.into(),
                self.came_to(case),
                passed.into(),
                against(case).into(),
                paths.into(),
                title.into(),
            ]);
        }
        page.table(table.without_empty());
    }

    fn came_to(&self, case: &CasePart) -> Cell {
        let standing = self.standing(case);
        let is_asked = !case.gates.is_empty() || case.is_held_against();
        if standing == Standing::Pass && !is_asked {
            return Cell::Word("no gate".to_owned(), Tone::Quiet);
        }
        let mut known = STANDINGS.iter();
        let found = known.find(|(known, _, _)| *known == standing);
        found.map_or_else(
            || "".into(),
            |(_, word, tone)| Cell::Word((*word).to_owned(), *tone),
        )
    }
}

fn against(case: &CasePart) -> &'static str {
    match &case.against {
        None => "",
        Some(AgainstPart::New) => "new",
        Some(AgainstPart::Equal) => "equal",
        Some(AgainstPart::Apart { .. }) => "not compared",
        Some(_) if is_changed(case) => "changed",
        Some(AgainstPart::Paired { .. } | AgainstPart::Drifted { .. }) => "within the error",
        Some(AgainstPart::Unpaired {
            is_other_version: true,
            ..
        }) => "other version",
        Some(AgainstPart::Unpaired { .. }) => "unpaired",
    }
}
