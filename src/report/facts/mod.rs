//! Numbers that the charts of a run show besides its measures: histograms, curves, single paths, certain
//! dates.
//!
//! In: a scenario, its outcome, single paths of it. Out: parts of the report. Not here: how they are drawn
//! (`pictures`).

mod distribution;
mod event_losses;
mod events;
mod happenings;
mod paths;
mod series;

#[cfg(test)]
pub(super) use distribution::{Distribution, of_wealth};
pub use distribution::{DistributionsPart, HistogramPart};
pub(super) use event_losses::FEWEST;
pub use event_losses::{Curve, EventLossesPart, LossCurve};
pub use events::EventPart;
pub(super) use events::event_parts;
pub use happenings::HappeningPart;
pub(super) use happenings::happenings;
pub use paths::{MedianPathPart, PathsPart, WorstCrashPart};
pub(super) use series::series_parts;
pub use series::{QUANTILES, SeriesPart};
