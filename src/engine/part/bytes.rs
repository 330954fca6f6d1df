//! A part as bytes that say of themselves whether they are whole.
//!
//! In: a [`Part`], or bytes from anywhere. Out: bytes, or the part they hold. Not here: where they are
//! kept (`cli`).
//!
//! Little-endian: eight letters, version, of which scenario and value version, shapes, every column path by
//! path, every date of every series, the first paths, the sampled months, and last a BLAKE3 digest of all
//! before. A length is believed only as far as there are bytes for what it counts.

use super::{Counted, Date, Part};
use crate::engine::FAN_PATHS;
use crate::engine::months::Months;
use crate::engine::outcome::{Column, is_in_range};
use crate::engine::recorder::SAMPLE_PATHS;
use crate::math::LANES;
use crate::math::bytes::{Reader, Writer};
use crate::math::histogram::Histogram;
use crate::math::sum::Sum;
use crate::record::quantities;
use crate::stage::TrackId;

const LETTERS: &[u8; 8] = b"twl-part";
/// Version of the format; another one cannot be read.
const VERSION: u32 = 2;
const DIGEST: usize = 32;

/// An asset's number where there is none.
const NO_ASSET: u64 = u16::MAX as u64;

fn write_id(id: TrackId, into: &mut Writer) {
    let name = id.quantity().as_bytes();
    into.length(name.len());
    into.raw(name);
    into.short(id.world() as u64);
    into.short(id.asset().map_or(NO_ASSET, u64::from));
}

/// The track that was written, if this version knows its quantity.
fn read_id(from: &mut Reader<'_>) -> Option<TrackId> {
    let length = from.length(1)?;
    let name = from.raw(length)?;
    let quantity = quantities().find(|quantity| quantity.id.as_bytes() == name)?;
    let world = u8::try_from(from.short()?)
        .ok()
        .filter(|world| *world < 2)?;
    let id = TrackId::of(quantity.id).in_world(world);
    match from.short()? {
        NO_ASSET => Some(id),
        asset => Some(id.of_asset(u16::try_from(asset).ok()?)),
    }
}

impl Part {
    /// The same bytes for the same part; [`Part::from_bytes`] reads them.
    pub fn to_bytes(&self) -> Vec<u8> {
        let columns = self.columns.len() * self.n_paths() * size_of::<f64>();
        // a third more for the rest: where it does not suffice, it grows
        let mut into = Writer::with_capacity(columns / 3 * 4 + 4096);
        into.raw(LETTERS);
        into.u32(VERSION);
        into.raw(&self.model);
        into.u32(self.value_version);
        into.u32(self.n_months);
        into.u64(self.blocks.start);
        into.u64(self.blocks.end);
        into.length(self.columns.len());
        for column in &self.columns {
            write_id(column.id, &mut into);
        }
        into.length(self.n_paths());
        for column in &self.columns {
            column.values.iter().for_each(|value| into.f64(*value));
        }
        into.length(self.series.len());
        for series in &self.series {
            series.write(&mut into);
        }
        into.length(self.sample_paths.len());
        for path in &self.sample_paths {
            path.iter().for_each(|wealth| into.f64(*wealth));
        }
        self.months.write(&mut into);
        let digest = blake3::hash(into.bytes());
        into.raw(digest.as_bytes());
        into.into_bytes()
    }

    /// Reads what [`Part::to_bytes`] wrote. Bytes that were changed, cut or made up are an error, which
    /// says what is wrong with them.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let body = bytes.len().checked_sub(DIGEST);
        let (body, digest) = bytes.split_at(body.ok_or("it is cut off")?);
        if !body.starts_with(LETTERS) {
            return Err("it is no part of a run".to_owned());
        }
        let mut from = Reader::new(&body[LETTERS.len()..]);
        if from.u32() != Some(VERSION) {
            return Err("it is of another version of the format".to_owned());
        }
        if blake3::hash(body).as_bytes() != digest {
            return Err("its bytes are not those that were written".to_owned());
        }
        let part = Self::read(&mut from).filter(Self::is_consistent);
        match part {
            Some(part) if from.is_empty() => Ok(part),
            _ => Err("it does not hold together".to_owned()),
        }
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        let model = from.raw(DIGEST)?.try_into().ok()?;
        let value_version = from.u32()?;
        let n_months = from.u32()?;
        let blocks = from.u64()?..from.u64()?;
        let n_columns = from.length(1)?;
        let ids: Option<Vec<TrackId>> = (0..n_columns).map(|_| read_id(from)).collect();
        let n_paths = from.length(size_of::<f64>())?;
        let columns: Option<Vec<Column>> = ids?
            .into_iter()
            .map(|id| {
                let values = from.f64s(n_paths)?;
                Some(Column { id, values })
            })
            .collect();
        let n_series = from.length(1)?;
        let series: Option<Vec<Counted>> = (0..n_series).map(|_| Counted::read(from)).collect();
        let n_samples = from.length(size_of::<f64>())?;
        let n_dates = usize::try_from(n_months).ok()?.checked_add(1)?;
        let sample_paths: Option<Vec<Vec<f64>>> =
            (0..n_samples).map(|_| from.f64s(n_dates)).collect();
        Some(Self {
            model,
            value_version,
            blocks,
            n_months,
            columns: columns?,
            series: series?,
            sample_paths: sample_paths?,
            months: Months::read(from)?,
        })
    }

    /// Whether the numbers are such as a run leaves.
    fn is_consistent(&self) -> bool {
        let Some(n_blocks) = self.blocks.end.checked_sub(self.blocks.start) else {
            return false;
        };
        if self.columns.is_empty() {
            return false;
        }
        let n_paths = self.n_paths();
        let n_samples = match self.blocks.start {
            0 => n_paths.min(SAMPLE_PATHS),
            _ => 0,
        };
        let before = self.blocks.start.saturating_mul(LANES as u64);
        let n_counted = (n_paths as u64).min(FAN_PATHS.saturating_sub(before));
        let mut values = self.columns.iter().flat_map(|column| &column.values);
        n_paths.div_ceil(LANES) as u64 == n_blocks
            && values.all(|value| is_in_range(*value))
            && self
                .series
                .iter()
                .all(|series| series.is_consistent(n_counted))
            && self.sample_paths.len() == n_samples
    }
}

impl Counted {
    fn write(&self, into: &mut Writer) {
        write_id(self.id, into);
        into.length(self.months.len());
        for (month, date) in self.months.iter().zip(&self.dates) {
            into.u32(*month);
            into.f64(date.low);
            into.f64(date.high);
            date.sum.write(into);
            date.histogram.write(into);
        }
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        /// Fewest bytes of a date.
        const DATE: usize = 22;
        let id = read_id(from)?;
        let n_dates = from.length(DATE)?;
        let mut months = Vec::with_capacity(n_dates);
        let mut dates = Vec::with_capacity(n_dates);
        for _ in 0..n_dates {
            months.push(from.u32()?);
            dates.push(Date {
                low: from.f64()?,
                high: from.f64()?,
                sum: Sum::read(from)?,
                histogram: Histogram::read(from)?,
            });
        }
        Some(Self { id, months, dates })
    }

    fn is_consistent(&self, n_counted: u64) -> bool {
        let has_all = |date: &Date| {
            date.histogram.n() == n_counted && (date.low <= date.high || n_counted == 0)
        };
        self.dates.iter().all(has_all)
    }
}
