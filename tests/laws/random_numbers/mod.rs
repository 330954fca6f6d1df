//! Random numbers follow their laws, are independent of each other, and have the same bits at
//! every SIMD level. Seeds are fixed; tolerances are four standard errors; every test is shown to
//! fail when what it checks is off by a stated amount.

mod independence;
mod law;
mod levels;

use self::levels::{Level, Work};
use tailwheel::random::{Address, LANES, Lanes, ObjectKind, Purpose, Stream};

/// Standard errors allowed.
const TOLERANCE: f64 = 4.0;

fn stream(name: &str, block: u64) -> Stream {
    Stream::open(&Address::new(20_260_101, Purpose::Experiment, ObjectKind::World, name), block)
}

struct Normals<'a>(&'a mut Stream, &'a mut [f64]);

impl Work for Normals<'_> {
    #[inline(always)]
    fn run(&mut self) {
        let mut row = Lanes::ZERO;
        for chunk in self.1.chunks_mut(LANES) {
            self.0.normals(&mut row);
            chunk.copy_from_slice(&row[..chunk.len()]);
        }
    }
}

/// The first `n` normals of a stream, at the fastest level there is.
fn normals(mut stream: Stream, n: usize) -> Vec<f64> {
    let mut values = vec![0.0; n];
    Level::best().run(&mut Normals(&mut stream, &mut values));
    values
}
