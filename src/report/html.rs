//! `report.html`: everything that a run found, on one page that needs no network.
//!
//! In: a parsed report, its pictures, the command that was typed. Out: a document. Not here: what a page looks like
//! (`page`), digits (`figure::rule`).

mod answer;

use super::document::Report;
use super::labels;
use super::measure::Measure;
use super::mechanisms;
use crate::figure::rule::{change, percent, shown};
use crate::figure::{counted, money, spoken_month};
use crate::page::{Block, Document, Table, Text, glossary};
use crate::stats::look_up;

/// What the page names and a reader may not know.
const WORDS: [&str; 6] = [
    "path",
    "percentile",
    "maximum drawdown",
    "value at risk",
    "expected shortfall",
    "real",
];

impl Report {
    /// The whole page; `pictures` are drawings that go inside.
    pub fn to_html(&self, pictures: &[String]) -> String {
        let mut page = Document::new(self.scenario.title.as_str());
        self.write_answer(&mut page);
        if !pictures.is_empty() {
            page.heading("Charts", "");
            let pictures = pictures.iter().cloned().map(Block::Picture);
            page.blocks.extend(pictures);
        }
        self.write_waterfall(&mut page);
        self.write_mechanisms(&mut page);
        self.write_causes(&mut page);
        self.write_contributions(&mut page);
        self.write_events(&mut page);
        self.write_agents(&mut page);
        self.write_assumptions(&mut page);
        self.write_measures(&mut page);
        self.write_origin(&mut page);
        page.to_html()
    }

    fn shown(&self, measure: &Measure) -> Text {
        shown(measure, &self.scenario.currency).into()
    }

    /// A row for each of these measures that the report has, with its label.
    fn figures(&self, heading: &str, rows: &[(&str, Option<&Measure>)]) -> Table {
        let rows = rows.iter().filter_map(|(label, measure)| {
            let measure = measure.as_ref()?;
            Some([(*label).into(), self.shown(measure)])
        });
        Table::of(["", heading], rows)
    }

    fn write_waterfall(&self, page: &mut Document) {
        let Some((bridge, claim)) = self.waterfall().zip(self.scenario.claim.as_ref()) else {
            return;
        };
        let first = if claim.is_assumed {
            "Assumed (catalog)"
        } else {
            "Claimed"
        };
        let first = [first.into(), percent(bridge.claim).into(), "".into()];
        let steps = bridge.steps.iter().filter(|step| step.change.value != 0.0);
        let steps = steps.map(|step| {
            [
                step.title.as_str().into(),
                shown(&step.median, "").value().into(),
                change(&step.change, "").into(),
            ]
        });
        let rows = [first].into_iter().chain(steps);
        page.section(
            "From claim to outcome",
            "effects added one after another, same random draws; nominal, inflation last",
            Table::of(["", ">median return a year", ">change"], rows),
        );
    }

    /// Returns of mechanisms beside what is claimed.
    fn write_mechanisms(&self, page: &mut Document) {
        let rows = self.scenario.assets.iter().filter_map(|asset| {
            let of = asset.mechanism.as_ref()?;
            Some((
                asset.name.as_str().into(),
                of.claimed,
                &*of.income,
                &*of.value,
            ))
        });
        if let Some(table) = mechanisms::table("claimed", rows) {
            page.section("Claimed and expected return of a year", "", table);
            page.fine(mechanisms::SAID);
        }
    }

    fn write_causes(&self, page: &mut Document) {
        let rows = self.by_cause().into_iter().map(|(id, [mean, worst])| {
            let ruin = self.measure(&format!("ruin.cause.{id}.probability"));
            let ruin = ruin.filter(|ruin| ruin.value > 0.0);
            let ruin = ruin.map(|ruin| shown(ruin, "").value());
            [
                labels::cause(id).into(),
                self.shown(mean),
                self.shown(worst),
                ruin.unwrap_or_default().into(),
            ]
        });
        let headings = ["", ">mean", ">mean of the worst 5 %", ">main cause of ruin"];
        page.section(
            "Profit and loss by cause",
            "until the horizon, real; the last column is a share of all paths",
            Table::of(headings, rows).without_empty(),
        );
    }

    /// What every asset adds to the loss, the largest first, and both sums.
    fn write_contributions(&self, page: &mut Document) {
        let both = |ids: [&str; 2]| Some([self.measure(ids[0])?, self.measure(ids[1])?]);
        let of = |id: &str| {
            let ids = ["es95", "sd"].map(|figure| format!("{id}.contribution.{figure}"));
            both(ids.each_ref().map(String::as_str))
        };
        let assets = self.scenario.assets.iter();
        let mut rows: Vec<(&str, [&Measure; 2])> = assets
            .filter_map(|asset| Some((asset.name.as_str(), of(&format!("asset.{}", asset.name))?)))
            .collect();
        if rows.is_empty() {
            return;
        }
        rows.sort_by(|(_, a), (_, b)| b[0].value.total_cmp(&a[0].value));
        let sizes = rows
            .iter()
            .flat_map(|(_, both)| both.map(|one| one.value.abs()));
        let rounding = 1e-9 * sizes.fold(0.0, f64::max);
        let rest = of("owner").filter(|both| both.iter().any(|one| one.value.abs() > rounding));
        rows.extend(rest.map(|rest| ("Not attributable", rest)));
        rows.extend(both(["expected_shortfall.95", "loss.sd"]).map(|all| ("All", all)));
        let rows = rows.into_iter().map(|(name, [shortfall, deviation])| {
            [name.into(), self.shown(shortfall), self.shown(deviation)]
        });
        let headings = [
            "",
            ">expected shortfall 95 %",
            ">standard deviation of the loss",
        ];
        page.section(
            "Risk by asset",
            "contributions add up; a negative one lowers the risk",
            Table::of(headings, rows),
        );
    }

    fn write_events(&self, page: &mut Document) {
        let rows = self.events().into_iter().map(|event| {
            let [probability, mean, p95] = ["probability", "loss.mean", "loss.p95"].map(|id| {
                let measure = self.of_event(event, id);
                measure.map_or("–".into(), |measure| self.shown(measure))
            });
            let month = event.at.as_deref().map(spoken_month);
            let probability = month.map_or(probability, |month| format!("in {month}").into());
            [event.label.as_str().into(), probability, mean, p95]
        });
        let headings = ["", ">probability", ">mean cost", ">95th percentile"];
        let table = Table::of(headings, rows);
        page.section("Loss events", "until the horizon, real, all paths", table);
        let premiums = self.measure("cause.premium.mean").map(Measure::negative);
        let payouts = self.measure("cover.payouts.mean");
        if premiums.is_some() && payouts.is_some() {
            let rows = [
                ("Insurance premiums", premiums.as_ref()),
                ("Insurance payouts", payouts),
                ("Insured losses not paid", self.measure("cover.missed.mean")),
                (
                    "Payouts beyond the losses",
                    self.measure("cover.beyond.mean"),
                ),
            ];
            page.section("Insurance", "", self.figures(">mean", &rows));
        }
    }

    fn write_agents(&self, page: &mut Document) {
        let crash = self.scenario.crash.as_ref();
        let Some(crash) = crash.filter(|_| self.has_agent_effect()) else {
            return;
        };
        let changes = [
            ("Probability of loss", "loss.probability"),
            ("Mean maximum drawdown", "drawdown.max.mean"),
            ("Median final wealth", "wealth.terminal.real.p50"),
        ];
        let changes = changes.into_iter().filter_map(|(label, id)| {
            let measure = self.measure(&format!("amplification.{id}"))?;
            Some([
                label.into(),
                change(measure, &self.scenario.currency).into(),
            ])
        });
        page.section(
            "Agent selling",
            "what it changes, on the same random draws",
            Table::of(["", ">"], changes),
        );
        let often = [
            "loop.full_cascade.probability",
            "loop.selling_months.per_year",
            "loop.crash_months.per_year",
        ];
        let often = often.map(|id| (look_up(id).map_or("", |of| &of.title), self.measure(id)));
        page.table(self.figures(">", &often));
        let gains = [
            ("normal regime", crash.gain),
            ("crisis regime", crash.gain.and(crash.gain_in_crisis)),
        ];
        let gains = gains
            .into_iter()
            .filter_map(|(label, gain)| Some([label.into(), format!("{:.2}", gain?).into()]));
        let headings = ["feedback gain (above 1: self-reinforcing)", ">"];
        page.table(Table::of(headings, gains));
    }

    /// The holdings, and every value that the file does not say.
    fn write_assumptions(&self, page: &mut Document) {
        page.heading("Assumptions", "");
        let holdings = self.scenario.assets.iter().map(|asset| {
            [
                asset.name.as_str().into(),
                Text::code(&asset.class),
                money(&self.scenario.currency, asset.value).into(),
                asset.market.as_str().into(),
            ]
        });
        page.table(Table::of(
            ["holding", "class", ">value", "market"],
            holdings,
        ));
        let filled = &self.scenario.filled_in;
        if filled.is_empty() {
            return;
        }
        let rows = filled.iter().map(|value| {
            let texts = [&value.value, &value.grade, &value.kind, &value.source];
            let [shown, grade, kind, source] = texts.map(|text| text.as_str().into());
            [Text::code(&value.key), shown, grade, kind, source]
        });
        let table = Table::of(["key", "value", "grade", "kind", "source"], rows);
        let title = format!("{} of the catalog", counted(filled.len(), "default"));
        page.push(Block::Fold(title.into(), vec![Block::Table(table)]));
    }

    /// Every measure by id, with its error.
    fn write_measures(&self, page: &mut Document) {
        page.heading("Every figure", "");
        let words = WORDS.into_iter().filter_map(glossary::term);
        let words = words.map(|term| Text::from(format!("{}: {}", term.label, term.definition)));
        page.push(Block::List(words.collect()));
        let rows = self.measures.iter().map(|(id, measure)| {
            let note = measure.note().map(|note| note.to_string());
            [
                Text::code(id),
                look_up(id).map_or("", |of| &of.title).into(),
                self.shown(measure),
                note.unwrap_or_default().into(),
            ]
        });
        let table = Table::of(["measure", "title", ">figure", "note"], rows);
        let title = counted(self.measures.len(), "figure");
        let inner = vec![Block::Table(table.without_empty())];
        page.push(Block::Fold(title.into(), inner));
    }

    /// How to get the page again.
    fn write_origin(&self, page: &mut Document) {
        page.heading("How to repeat it", "");
        if let Some(command) = &self.command {
            page.sentence(Text::code(&command.line));
        }
        let run = &self.run;
        page.fine(format!(
            "{} of {}, {}, results version {}, {}; model {}.",
            counted(run.paths as usize, "path"),
            counted(run.months as usize, "month"),
            run.seeds,
            run.value_version,
            self.program,
            self.scenario.model_digest
        ));
    }
}
