//! What holds from a month on, until something else does.
//!
//! In: first months with what begins in them, rising. Out: what holds in a month. Not here: who has such a list.

/// What holds in `month` of first months and what begins in them; none before the first.
#[inline(always)]
pub fn begun<T>(dated: &[(u32, T)], month: u32) -> Option<&T> {
    let found = dated.iter().rfind(|(from, _)| *from <= month);
    found.map(|(_, value)| value)
}
