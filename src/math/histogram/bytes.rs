//! A histogram as bytes: its first bin, then every count up to the last.

use super::Histogram;
use super::bins::BINS;
use crate::math::bytes::{Reader, Writer};

impl Histogram {
    /// Writes the counts; equal samples are written alike.
    pub fn write(&self, into: &mut Writer) {
        into.length(self.counts.len());
        if !self.counts.is_empty() {
            into.short(self.first as u64);
            self.counts.iter().for_each(|count| into.short(*count));
        }
    }

    /// Reads what [`Histogram::write`] wrote; `None` if it is something else.
    pub fn read(from: &mut Reader<'_>) -> Option<Self> {
        let length = from.length(1)?;
        if length == 0 {
            return Some(Self::default());
        }
        let first = usize::try_from(from.short()?).ok()?;
        if first.checked_add(length)? > BINS {
            return None;
        }
        let mut counts = Vec::with_capacity(length);
        let mut n: u64 = 0;
        for _ in 0..length {
            let count = from.short()?;
            n = n.checked_add(count)?;
            counts.push(count);
        }
        let is_trimmed = counts[0] > 0 && counts[length - 1] > 0;
        is_trimmed.then_some(Self { first, counts })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Counter;
    use super::super::bins::sample::samples;
    use super::*;
    use crate::math::{LANES, Lanes};

    #[test]
    fn a_histogram_that_was_written_and_read_is_the_same() {
        let mut counter = Counter::new();
        for chunk in samples(10 * LANES, 5).chunks(LANES) {
            let mut row = Lanes::ZERO;
            row.copy_from_slice(chunk);
            counter.add_row(&row, LANES);
        }
        let mut full = Histogram::default();
        full.merge_counter(&mut counter);
        for histogram in [Histogram::default(), full] {
            let mut writer = Writer::default();
            histogram.write(&mut writer);
            let mut reader = Reader::new(writer.bytes());
            assert_eq!(Histogram::read(&mut reader), Some(histogram));
            assert!(reader.is_empty());
        }
    }

    #[test]
    fn what_is_no_histogram_is_none() {
        let far = [1, 0xff, 0xff, 0x7f, 1];
        let mut many = vec![2, 0];
        many.extend([[0xff; 9].as_slice(), &[1]].concat().repeat(2));
        for bytes in [&[5, 0, 1][..], &[1, 0, 0], &[2, 0, 1, 0], &far, &many] {
            assert_eq!(Histogram::read(&mut Reader::new(bytes)), None, "{bytes:?}");
        }
    }
}
