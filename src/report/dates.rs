//! Dates in words.
//!
//! In: `2027-01`. Out: `Jan 2027`. Not here: counting months (`scenario`).

/// `2027-01` as `Jan 2027`.
pub(super) fn spoken_month(date: &str) -> String {
    const NAMES: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (year, month) = date.split_once('-').unwrap_or((date, ""));
    let index: usize = month.parse().unwrap_or(0);
    match NAMES.get(index.wrapping_sub(1)) {
        Some(name) => format!("{name} {year}"),
        None => date.to_owned(),
    }
}

/// `2027`
pub(super) fn year_of(date: &str) -> &str {
    date.split('-').next().unwrap_or(date)
}
