//! Every note of a figure, for the documents.
//!
//! In: nothing. Out: [`NOTES`]. Not here: which figure has which (where it is taken).

use super::estimate::Note;

/// An example of every kind of note.
pub const NOTES: &[Note] = &[
    Note::Atom { probability: 0.12 },
    Note::HeavyTail {
        skewness: 414.0,
        paths: 171_000,
    },
    Note::NoObligations,
    Note::TooFewPaths,
    Note::TailUnseen { paths: 200 },
    Note::Skewed {
        skewness: 9.3,
        paths: 20_000,
    },
    Note::FewInTail { paths: 5_000 },
    Note::FewDecide,
    Note::RareBills,
    Note::NoneDiffers,
];

impl Note {
    /// What a reader makes of it.
    pub const fn doc(self) -> &'static str {
        match self {
            Self::Atom { .. } => {
                "A share of the paths has exactly this value, as of ruin at 0: the value has a probability and no ±."
            }
            Self::HeavyTail { .. } => {
                "The quantiles tell of a law so skewed that the mean or the spread of so few paths has no interval that would hold."
            }
            Self::NoObligations => {
                "Nothing has to be paid, so nothing can fail to be: the value 0 is by definition."
            }
            Self::TooFewPaths => "No interval of this level can be made of so few paths.",
            Self::TailUnseen { .. } => {
                "With fewer paths than that nobody can see whether the tail allows an interval."
            }
            Self::FewInTail { .. } => {
                "A mean of the worst paths has no interval while they are fewer than 50."
            }
            Self::FewDecide => {
                "A figure of months has no interval while 80 paths of one size would tell more of its spread; nor has one of crash months, or of what a loop adds, while fewer than 50 paths have a crash."
            }
            Self::Skewed { .. } => {
                "The interval would hold less often than its level says; more paths mend it (gates only)."
            }
            Self::RareBills => {
                "What stays unpaid can be a tax, or the bill of an event that hardly any path meets. The paths do not show its size before one of them meets it, so its mean has no interval that would hold."
            }
            Self::NoneDiffers => {
                "The figure or the difference is the same on every path; a rare event that happened on none of them could still change it by an unknown amount."
            }
        }
    }
}
