//! Size of a market fall before and after agent selling.
//!
//! In: properties of the agents. Out: a picture of falls before and after the selling. Not here: the
//! feedback gain, the sample of months.

use super::{PictureKind, when};
use crate::chart::{ChartRow, Ink, Line, RowMark, Scale, Shape, Spec};
use crate::figure::{Quantity, of_chart as percent, percent_tick};
use crate::math::ln;
use crate::report::CrashPart;
use crate::report::replay::lost as fall;

pub const KIND: PictureKind = PictureKind {
    id: "gain_profile",
    title: "What agent selling makes of a fall",
    doc: "Each row is a fall of the agents' holdings within a month, before and after they sell. In a crisis, markets have \
          less depth. Where the feedback gain is above 1, a slightly larger fall becomes a much larger one.",
    of: Some(|source| spec(source.report.scenario.crash.as_ref()?)),
};

/// Maximum number of market falls drawn, one per row.
const MOST: usize = 8;

/// Returns the chart of market falls before and after agent selling; `None` if no agent holds anything or the price
/// impact has no feedback gain.
pub fn spec(crash: &CrashPart) -> Option<Spec> {
    crash.first_trigger?;
    crash.gain?;
    let last = fall(*crash.profile.edges.last()?);
    let crisis = crash.depth_in_crisis.map(|depth| (1.0 / depth, "in a crisis", Ink::Vermilion));
    let name = if crisis.is_some() { "in a normal month" } else { "after selling" };
    let regimes: Vec<_> = [(1.0, name, Ink::Blue)].into_iter().chain(crisis).collect();
    let falls: Vec<f64> =
        Scale::linear(0.0, last).ticks(MOST).into_iter().filter(|fall| *fall > 0.0).collect();
    let after = |from: f64, times: f64| fall(crash.after_selling(-ln(1.0 - from), times));
    let times = regimes.last()?.0;
    let added = |fall: &f64| after(*fall, times) - fall;
    let most = falls.iter().max_by(|a, b| added(a).total_cmp(&added(b)))?;
    let row = |from: &f64| {
        let ends = regimes.iter().map(|(times, _, ink)| (after(*from, *times), *ink));
        let radius = if from == most { 6.0 } else { 4.0 };
        let dots = ends.clone().chain([(*from, Ink::Mute)]).map(|(end, ink)| RowMark::Dot(end, radius, ink));
        let farthest = ends.clone().fold(*from, |most, (end, _)| most.max(end));
        let line = RowMark::Span([*from, farthest], Line::new(Ink::Mute, 2.0).percent(55));
        let figure = |(end, ink): (f64, Ink)| {
            let loss = -ln(1.0 - from);
            if crash.after_selling(loss, 1.0) > loss {
                (percent(Quantity::exact(end)), ink)
            } else {
                ("no selling".to_owned(), Ink::Mute)
            }
        };
        ChartRow {
            name: format!("Markets fall by {}", percent_tick(*from)),
            marks: [line].into_iter().chain(dots).collect(),
            figures: ends.map(figure).collect(),
        }
    };
    let columns = regimes.iter().map(|(_, name, ink)| (*name, *ink));
    Some(Spec {
        finding: format!(
            "AI-agent selling turns a {} fall into {}{}",
            percent_tick(*most),
            percent(Quantity::exact(after(*most, times))),
            when(crisis.is_some(), " in crises")
        ),
        reading: format!(
            "Fall of assets that AI agents hold, before (gray) and after they sell{}",
            when(crisis.is_some(), "; in a crisis, sales move prices further")
        ),
        shape: Shape::rows(
            Scale::holding([0.0].into_iter().chain(falls.iter().map(|fall| after(*fall, times)))),
            percent_tick,
            columns.collect::<Vec<_>>(),
            falls.iter().map(row).collect(),
        ),
    })
}
