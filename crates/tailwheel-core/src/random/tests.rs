use super::*;
use std::collections::BTreeSet;

fn stream(seed: u64, purpose: Purpose, name: &str, block: u64) -> Stream {
    Stream::open(&Address::new(seed, purpose, ObjectKind::World, name), block)
}

fn words(mut stream: Stream) -> [u64; LANES] {
    let mut row = [0; LANES];
    stream.words(&mut row);
    row
}

/// Bits of the first and the last of 256 draws: words, then uniforms, then normals.
fn corners(mut stream: Stream) -> [u64; 6] {
    let (mut words, mut uniforms, mut normals) = ([0; LANES], Lanes::ZERO, Lanes::ZERO);
    stream.words(&mut words);
    stream.uniforms(&mut uniforms);
    stream.normals(&mut normals);
    let bits = [uniforms[0], uniforms[255], normals[0], normals[255]].map(f64::to_bits);
    [words[0], words[255], bits[0], bits[1], bits[2], bits[3]]
}

/// Words and uniforms were also computed by a separate program written from the definition; the
/// normals agree with arithmetic of 40 digits to 4 ULP. A change here changes every result.
#[test]
fn streams_keep_their_values() {
    assert_eq!(
        corners(stream(42, Purpose::Shock, "micro-saas", 0)),
        [
            0x5b70_3a3d_a309_3494, 0x3bbe_a02b_9b5a_c723, 0x3fbf_c716_362a_9da8, 0x3fc6_2425_1d21_93bc,
            0x3fc0_58db_540b_4c9f, 0xbfc3_224e_d188_cbb0,
        ]
    );
    assert_eq!(
        corners(stream(u64::MAX, Purpose::Mixing, "", 1 << 40)),
        [
            0x6306_72d5_7d51_d222, 0xe9f8_f50a_a34b_0b1e, 0x3fcb_8edf_6453_d3b4, 0x3fe3_da57_7d69_d789,
            0xbfe5_14e5_9538_3c34, 0xbfe3_eff6_34b1_c91c,
        ]
    );
}

#[test]
fn rare_draws_keep_their_values() {
    let rare = Rare::new(&Address::new(42, Purpose::Threshold, ObjectKind::World, "lending-bots"));
    assert_eq!(rare.words(1000, 12, 3), [0x1035_a5f6, 0xb934_8766, 0x415c_125d, 0x3782_45d5]);
    assert_eq!(
        rare.uniform2(1 << 33, 0, 0).map(f64::to_bits),
        [0x3f97_5fc7_3c71_1fe0, 0x3fee_1f6c_03ef_a297]
    );
    assert_eq!(rare.normal2(7, 1, 1).map(f64::to_bits), [0xbff7_d7c1_bdc2_4f05, 0xc003_7a9e_7b32_c274]);
}

#[test]
fn a_row_of_rare_uniforms_is_made_of_the_words_of_its_counters() {
    let rare = Rare::new(&Address::new(42, Purpose::Threshold, ObjectKind::World, "lending-bots"));
    let (mut upper, mut row) = ([0; 71], [0.0; 71]);
    rare.upper_halves(99, 3, &mut upper);
    rare.uniforms(99, 3, &mut row);
    for (i, u) in row.iter().enumerate() {
        let index = 8 * (i / 64) + i % 8;
        let word = rare.words(99, 3, index as u32)[i / 16 % 4];
        let half = u32::from(upper[i]);
        assert_eq!(half, (word >> (16 * (i / 8 % 2))) & 0xffff);
        let lower = rare.words(99, 3, (1 << 31) + i as u32 / 8)[i / 2 % 4];
        let word = half << 16 | (lower >> (16 * (i % 2))) & 0xffff;
        assert_eq!(u32::from(rare.lower_half(99, 3, i as u32)), word & 0xffff);
        assert_eq!(*u, (2.0 * f64::from(word) + 1.0) / 8_589_934_592.0);
    }
}

#[test]
fn every_part_of_an_address_makes_another_rare_draw() {
    let rare = |seed, purpose, name| Rare::new(&Address::new(seed, purpose, ObjectKind::World, name));
    let base = rare(1, Purpose::Threshold, "a");
    let draws = BTreeSet::from([
        base.words(0, 0, 0),
        base.words(1, 0, 0),
        base.words(1 << 32, 0, 0),
        base.words(0, 1, 0),
        base.words(0, 0, 1),
        rare(2, Purpose::Threshold, "a").words(0, 0, 0),
        rare(1, Purpose::EventSize, "a").words(0, 0, 0),
        rare(1, Purpose::Threshold, "b").words(0, 0, 0),
    ]);
    assert_eq!(draws.len(), 8);
}

#[test]
fn a_row_of_any_kind_takes_256_words() {
    let [mut by_words, mut by_uniforms, mut by_normals] =
        [(); 3].map(|()| stream(3, Purpose::Experiment, "rows", 5));
    by_words.words(&mut [0; LANES]);
    by_uniforms.uniforms(&mut Lanes::splat(0.0));
    by_normals.normals(&mut Lanes::splat(0.0));
    let next = words(by_words);
    assert!(next == words(by_uniforms) && next == words(by_normals));
}

#[test]
fn uniforms_stay_inside_the_open_interval() {
    use super::box_muller::{normal_pair, open_uniform};
    assert_eq!(open_uniform(0), f64::EPSILON / 2.0);
    assert_eq!(open_uniform(u64::MAX), 1.0 - f64::EPSILON / 2.0);
    for (radius, angle) in [(0, 0), (0, u64::MAX), (u64::MAX, 0), (u64::MAX, u64::MAX)] {
        let (a, b) = normal_pair(radius, angle);
        assert!(a.is_finite() && b.is_finite());
        assert!(a.abs() <= 8.58 && b.abs() <= 8.58);
    }
}

#[test]
fn chi_squared_takes_whole_rows_and_refuses_what_it_cannot_draw() {
    assert!(ChiSquared::new(0).is_none() && ChiSquared::new(39).is_none());
    for dof in 1..=38 {
        let sampler = ChiSquared::new(dof).unwrap();
        let fresh = || stream(4, Purpose::Mixing, "rows", 0);
        let (mut drawn, mut skipped, mut out) = (fresh(), fresh(), Lanes::ZERO);
        sampler.mixing(&mut drawn, &mut out);
        assert!(out.iter().all(|m| m.is_finite() && *m > 0.0));
        for _ in 0..dof.div_ceil(2) {
            skipped.words(&mut [0; LANES]);
        }
        assert_eq!(words(drawn), words(skipped));
    }
}
