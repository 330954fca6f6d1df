//! An exact sum as bytes: sign, then the limbs of its magnitude between the zeros.

use super::{LIMBS, Sum};
use crate::math::bytes::{Reader, Writer};

const POSITIVE: u8 = 0;
const NEGATIVE: u8 = 1;
const NON_FINITE: u8 = 2;

impl Sum {
    /// Writes the exact sum; equal sums are written alike, however they were reached.
    pub fn write(&self, into: &mut Writer) {
        if self.saw_non_finite {
            return into.u8(NON_FINITE);
        }
        let mut exact = self.clone();
        exact.carry();
        let is_negative = exact.limbs[LIMBS - 1] < 0;
        if is_negative {
            exact.negate();
        }
        into.u8(if is_negative { NEGATIVE } else { POSITIVE });
        let limbs = &exact.limbs;
        let first = limbs.iter().position(|limb| *limb != 0);
        let last = limbs.iter().rposition(|limb| *limb != 0);
        let (first, end) = first.zip(last).map_or((0, 0), |(a, b)| (a, b + 1));
        into.u8(first as u8);
        into.u8((end - first) as u8);
        for limb in &limbs[first..end] {
            into.short(*limb as u64);
        }
    }

    /// Reads what [`Sum::write`] wrote; `None` if it is something else.
    pub fn read(from: &mut Reader<'_>) -> Option<Self> {
        let sign = from.u8()?;
        let mut sum = Self::new();
        if sign == NON_FINITE {
            sum.saw_non_finite = true;
            return Some(sum);
        }
        let (first, length) = (usize::from(from.u8()?), usize::from(from.u8()?));
        for (index, limb) in sum
            .limbs
            .get_mut(first..first + length)?
            .iter_mut()
            .enumerate()
        {
            // a limb that carries, but for the last one, which no number of summands fills
            let bits = if first + index == LIMBS - 1 { 62 } else { 32 };
            *limb = i64::try_from(from.short()?).ok()?;
            if *limb >> bits != 0 {
                return None;
            }
        }
        let ends = [first, (first + length).saturating_sub(1)];
        let is_trimmed = match length {
            0 => first == 0 && sign == POSITIVE,
            _ => ends.iter().all(|end| sum.limbs[*end] != 0),
        };
        if !is_trimmed {
            return None;
        }
        match sign {
            POSITIVE => {}
            NEGATIVE => sum.negate(),
            _ => return None,
        }
        Some(sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(sum: &Sum) -> Vec<u8> {
        let mut writer = Writer::default();
        sum.write(&mut writer);
        writer.into_bytes()
    }

    #[test]
    fn a_sum_that_was_written_and_read_goes_on_as_if_it_had_not_been() {
        let summands: [&[f64]; 8] = [
            &[],
            &[0.0],
            &[1.0, 1e-300, -1.0],
            &[-1e300, 5e-324],
            &[f64::MAX, f64::MAX],
            &[-f64::MAX, -f64::MAX, -5e-324],
            &[120_000.25, 0.1, 1e9],
            &[f64::NAN],
        ];
        for first in summands {
            for more in summands {
                let mut sum: Sum = first.iter().copied().collect();
                let bytes = written(&sum);
                let mut reader = Reader::new(&bytes);
                let mut read = Sum::read(&mut reader).expect("it was written");
                assert!(reader.is_empty());
                assert_eq!(read, sum);
                sum.extend(more.iter().copied());
                read.extend(more.iter().copied());
                assert_eq!(read.value().to_bits(), sum.value().to_bits());
                assert_eq!(written(&read), written(&sum));
            }
        }
    }

    #[test]
    fn equal_sums_are_written_alike() {
        let forward: Sum = [1e16, 1.0, -3.5].into_iter().collect();
        let mut backward: Sum = [-3.5, 1e16].into_iter().collect();
        backward.merge(&Sum::from_iter([1.0]));
        assert_eq!(written(&forward), written(&backward));
    }

    #[test]
    fn what_is_no_sum_is_none() {
        let wide = [0, 3, 1, 0x80, 0x80, 0x80, 0x80, 0x10];
        for bytes in [
            &[3, 0, 0][..],
            &[0, 68, 1, 0],
            &[0, 255, 255],
            &[0, 0, 2, 1],
            &wide,
        ] {
            assert!(Sum::read(&mut Reader::new(bytes)).is_none(), "{bytes:?}");
        }
    }
}
