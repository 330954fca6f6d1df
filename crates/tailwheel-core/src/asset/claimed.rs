//! The claimed yearly return: keys that all kinds of asset share.
//!
//! In: `roi` and how to read it. Out: [`Claimed`] and its law. Not here: its use by a kind.

use super::roi::ReturnLaw;
use crate::choices;
use crate::form::{Group, Preset, Reader, fault};
use crate::parameters;
use crate::units::{Roi, RoiRange, grouped_for_toml, plain};

choices! {
    /// Distribution that the ends of a claimed range describe.
    pub enum RoiLaw: "law of a range" {
        /// 5th and 95th percentile of a lognormal growth factor.
        Percentiles = "p05-p95",
        /// Every return between the ends is as likely as any other.
        Uniform = "uniform",
        /// Least, most likely and greatest.
        Pert = "pert",
        /// One number, known for certain.
        Point = "point",
    }
}

parameters! {
    /// Claimed yearly return as a fraction, and its distribution.
    pub struct Claimed {
        /// Claimed yearly return. For a claim: with income reinvested, before decay, losses, costs and tax.
        /// For a mechanism: twelve times the net income of the first month, everything healthy, before
        /// decay, growth and churn. A range is read by `roi_law`; one draw per path, the same for the whole
        /// horizon.
        roi: RoiRange = Preset::Class,
        /// How the range is read: "p05-p95" (its ends are the 5th and 95th percentiles of a
        /// lognormal growth factor), "uniform", "pert" (needs `roi_mode`) or "point" (one number).
        roi_law: RoiLaw = Preset::Class,
        /// The most likely return, for `roi_law = "pert"`.
        roi_mode: Option<Roi> = Preset::Class,
    }
}

impl Claimed {
    /// Reads the claimed return of a kind of asset for which it is the starting yield; refuses a negative one.
    pub(super) fn starting(reader: &mut Reader<'_>) -> Self {
        let claimed = Self::read(reader);
        if reader.sound(&["roi"]) && claimed.roi.low().get() < 0.0 {
            fault!(reader, "law", "nothing pays less than nothing in its first month";
                "roi" => "begins below 0"; write: "model = \"claim\"";
                rule: "the starting yield of a mechanism is at least 0");
        }
        claimed
    }

    /// Reads the claimed return and its distribution, and checks that they fit together.
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let mut claimed = Self::take(reader);
        if reader.sound(&["roi", "roi_law", "roi_mode"]) {
            match claimed.roi_law {
                RoiLaw::Pert => check_mode(&claimed, reader),
                RoiLaw::Point => check_point(&claimed, reader),
                RoiLaw::Percentiles | RoiLaw::Uniform => {}
            }
            if claimed.roi_law != RoiLaw::Pert {
                without_mode(&mut claimed, reader);
            }
        }
        claimed
    }

    /// Claimed return with a single known value; `None` if `roi` is not a valid yearly return.
    pub(super) fn known(roi: f64) -> Option<Self> {
        let roi = Roi::new(roi).ok()?;
        Some(Self { roi: RoiRange::new(roi, roi)?, roi_law: RoiLaw::Point, roi_mode: None })
    }

    /// Distribution of the claimed yearly return. A range without width is a known value, whatever `roi_law` says.
    pub(super) fn law(&self) -> ReturnLaw {
        let (low, high) = (self.roi.low().get(), self.roi.high().get());
        if self.roi.is_point() {
            return ReturnLaw::Point(low);
        }
        match (self.roi_law, self.roi_mode) {
            (RoiLaw::Uniform, _) => ReturnLaw::Uniform { low, width: high - low },
            (RoiLaw::Pert, Some(mode)) => ReturnLaw::pert(low, mode.get(), high),
            _ => ReturnLaw::percentiles(low, high),
        }
    }
}

fn check_mode(claim: &Claimed, reader: &mut Reader<'_>) {
    let (low, high) = (claim.roi.low().get(), claim.roi.high().get());
    let Some(mode) = claim.roi_mode.map(Roi::get) else {
        let middle = grouped_for_toml(0.5 * (low + high) * 100.0, 4);
        fault!(reader, "law", "a \"pert\" law needs its most likely ROI"; "roi_law" => "needs `roi_mode`";
            such_as: "roi_mode = \"{middle} %\"");
        return;
    };
    if mode < low || mode > high {
        fault!(reader, "law", "the most likely ROI lies outside its range";
            "roi_mode" => "must lie between {} and {}", plain(low), plain(high); "roi" => "the range");
    }
}

fn check_point(claim: &Claimed, reader: &mut Reader<'_>) {
    if claim.roi.is_point() {
        return;
    }
    fault!(reader, "law", "a \"point\" is one number"; "roi" => "this is a range";
        "roi_law" => "asks for one number"; write: "roi_law = \"p05-p95\"");
}

fn without_mode(claim: &mut Claimed, reader: &mut Reader<'_>) {
    if reader.says("roi_mode") {
        let law = claim.roi_law.word();
        fault!(reader, "law", "a \"{law}\" law has no most likely ROI"; "roi_mode" => "has no effect here";
            write: "roi_law = \"pert\""; help: "or no `roi_mode`");
    }
    claim.roi_mode = None;
    reader.forget("roi_mode");
}
