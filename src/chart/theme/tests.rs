//! Contrast after WCAG 2.2; colour vision deficiencies after Machado, Oliveira and Fernandes
//! (2009), severity 1; distances in CIE L*a*b* (CIE76).
#![allow(clippy::disallowed_methods)] // pictures never see these numbers

use super::*;

const THEMES: [Theme; 2] = [Theme::Light, Theme::Dark];

const ALL_HUES: [Ink; 7] =
    [Ink::Blue, Ink::Vermilion, Ink::Green, Ink::Sky, Ink::Gold, Ink::Purple, Ink::Slate];

type Matrix = [[f64; 3]; 3];

const NORMAL: Matrix = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
const DEUTAN: Matrix =
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]];
const PROTAN: Matrix =
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]];
const TRITAN: Matrix =
    [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]];

fn linear(colour: Rgb) -> [f64; 3] {
    [colour.0, colour.1, colour.2].map(|channel| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    })
}

fn luminance(colour: Rgb) -> f64 {
    let [r, g, b] = linear(colour);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn times(matrix: &Matrix, v: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2])
}

fn lab(colour: Rgb, vision: &Matrix) -> [f64; 3] {
    const XYZ: Matrix = [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ];
    let seen = times(vision, linear(colour)).map(|channel| channel.clamp(0.0, 1.0));
    let [x, y, z] = times(&XYZ, seen);
    let f = |t: f64| {
        if t > 0.008856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 }
    };
    let (x, y, z) = (f(x / 0.95047), f(y), f(z / 1.08883));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn smallest_distance(theme: Theme) -> f64 {
    let mut smallest = f64::INFINITY;
    for vision in [NORMAL, DEUTAN, PROTAN, TRITAN] {
        let seen = ALL_HUES.map(|ink| lab(ink.rgb(theme), &vision));
        for (i, a) in seen.iter().enumerate() {
            for b in &seen[..i] {
                let squares: f64 = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
                smallest = smallest.min(squares.sqrt());
            }
        }
    }
    smallest
}

#[test]
fn every_text_has_a_contrast_of_four_and_a_half_on_both_grounds() {
    for theme in THEMES {
        let ground = Ink::Ground.rgb(theme);
        for ink in ALL_HUES.into_iter().chain([Ink::Text, Ink::Mute]) {
            let found = contrast(ink.for_text().rgb(theme), ground);
            assert!(found >= 4.5, "{ink:?} on {theme:?}: {found:.2}");
        }
    }
}

#[test]
fn the_pale_hues_would_fail_as_text_on_white() {
    for ink in [Ink::Sky, Ink::Gold] {
        let ground = Ink::Ground.rgb(Theme::Light);
        assert!(contrast(ink.rgb(Theme::Light), ground) < 4.5);
    }
}

#[test]
fn marks_stand_out_from_their_ground() {
    for theme in THEMES {
        for ink in ALL_HUES {
            let found = contrast(ink.rgb(theme), Ink::Ground.rgb(theme));
            assert!(found >= 2.2, "{ink:?} on {theme:?}: {found:.2}");
        }
    }
}

#[test]
fn hues_stay_apart_for_every_kind_of_colour_vision() {
    for (theme, least) in [(Theme::Light, 13.5), (Theme::Dark, 17.5)] {
        let found = smallest_distance(theme);
        assert!(found >= least, "{theme:?}: {found:.1}");
    }
}

#[test]
fn the_dark_rules_name_every_class_once() {
    let rules = dark_rules(Ink::all());
    assert!(Ink::all().all(|ink| ink.named().ink == ink));
    for ink in Ink::all() {
        let rule = format!(".f-{}{{", ink.class());
        assert_eq!(rules.matches(&rule).count(), 1, "{rule}");
    }
}
