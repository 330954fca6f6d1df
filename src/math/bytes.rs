//! Numbers as little-endian bytes, and back without trust.
//!
//! In: numbers, or bytes from anywhere. Out: bytes, or numbers as long as there are bytes for them. Not
//! here: what is written in which order (whoever writes it).

/// Bytes that grow at their end.
#[derive(Clone, Debug, Default)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// No bytes, with room for `capacity` of them.
    pub fn with_capacity(capacity: usize) -> Self {
        Self(Vec::with_capacity(capacity))
    }

    /// Bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    pub fn u8(&mut self, value: u8) {
        self.0.push(value);
    }

    pub fn u32(&mut self, value: u32) {
        self.raw(&value.to_le_bytes());
    }

    pub fn u64(&mut self, value: u64) {
        self.raw(&value.to_le_bytes());
    }

    pub fn f64(&mut self, value: f64) {
        self.u64(value.to_bits());
    }

    /// A number that is mostly small: seven bits a byte, the low ones first.
    pub fn short(&mut self, mut value: u64) {
        while value > 0x7f {
            self.u8(value as u8 | 0x80);
            value >>= 7;
        }
        self.u8(value as u8);
    }

    /// A length; [`Reader::length`] reads it.
    pub fn length(&mut self, length: usize) {
        self.short(length as u64);
    }

    /// What was written.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// Bytes that are read from their front; every answer is `None` where they do not suffice.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// From the first of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The next `length` bytes.
    pub fn raw(&mut self, length: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*bytes)
    }

    pub fn u8(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    pub fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    pub fn f64(&mut self) -> Option<f64> {
        self.u64().map(f64::from_bits)
    }

    /// What [`Writer::short`] wrote; `None` also where it would not have written it so.
    pub fn short(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.u8()?;
            let bits = u64::from(byte & 0x7f);
            if bits << shift >> shift != bits || byte == 0 && shift > 0 {
                return None;
            }
            value |= bits << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    /// A number of things of at least `size` ≥ 1 bytes each: no more than the bytes that are left
    /// can hold, so that room for them may be made.
    pub fn length(&mut self, size: usize) -> Option<usize> {
        let length = usize::try_from(self.short()?).ok()?;
        (length <= self.0.len() / size).then_some(length)
    }

    /// `length` numbers.
    pub fn f64s(&mut self, length: usize) -> Option<Vec<f64>> {
        let bytes = self.raw(length.checked_mul(8)?)?;
        let (numbers, _) = bytes.as_chunks();
        Some(
            numbers
                .iter()
                .map(|bytes| f64::from_le_bytes(*bytes))
                .collect(),
        )
    }

    /// Whether everything was read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let shorts = [0, 1, 127, 128, 300, 1 << 35, u64::MAX >> 1, u64::MAX];
        let mut writer = Writer::default();
        shorts.iter().for_each(|value| writer.short(*value));
        writer.u8(7);
        writer.u32(0x0102_0304);
        writer.f64(-0.0);
        writer.length(2);
        writer.f64(1.5);
        writer.f64(f64::MAX);
        let bytes = writer.into_bytes();
        let mut reader = Reader::new(&bytes);
        for value in shorts {
            assert_eq!(reader.short(), Some(value));
        }
        assert_eq!((reader.u8(), reader.u32()), (Some(7), Some(0x0102_0304)));
        assert_eq!(reader.u64(), Some(1 << 63));
        let length = reader.length(8);
        assert_eq!(length, Some(2));
        assert_eq!(reader.f64s(2), Some(vec![1.5, f64::MAX]));
        assert!(reader.is_empty() && reader.u8().is_none());
    }

    #[test]
    fn a_length_beyond_the_bytes_is_none() {
        let mut writer = Writer::default();
        writer.length(3);
        writer.raw(&[0; 23]);
        assert_eq!(Reader::new(writer.bytes()).length(8), None);
        writer.u8(0);
        assert_eq!(Reader::new(writer.bytes()).length(8), Some(3));
        assert_eq!(Reader::new(&[0xff; 10]).length(1), None);
    }

    #[test]
    fn a_short_number_has_one_way_to_be_written() {
        for bytes in [&[0x80, 0][..], &[0x81, 0x80, 0], &[0xff; 9], &[0x80]] {
            assert_eq!(Reader::new(bytes).short(), None, "{bytes:?}");
        }
        let mut largest = [0xff; 10];
        largest[9] = 1;
        assert_eq!(Reader::new(&largest).short(), Some(u64::MAX));
        largest[9] = 2;
        assert_eq!(Reader::new(&largest).short(), None);
    }
}
