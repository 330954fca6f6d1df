//! The lower panel: limits of those who sold against the loss they saw, and who they were.

use super::{CrashAnatomy, lost, thinned};
use crate::chart::{Area, Canvas, Ink, Line, Paint, Panel, Scale, TICK_SIZE, Type, VPos, labelled};
use crate::figure::{Quantity, of_chart as percent, percent_tick};
use crate::report::replay::Seller;

/// Inks of the sellers: their neighbours in the list differ, and the first ones differ from those
/// of the first markets.
const HUES: [Ink; 7] = [
    Ink::Purple,
    Ink::Sky,
    Ink::Slate,
    Ink::Gold,
    Ink::Green,
    Ink::Blue,
    Ink::Vermilion,
];

/// Distance of two lines of the list of sellers, in pixels.
const PITCH: f64 = 17.0;

fn ink_of(cluster: usize) -> Ink {
    HUES.get(cluster).copied().unwrap_or(Ink::Mute)
}

/// Share of the agents on one model that sold.
fn sold(seller: &Seller) -> f64 {
    f64::from(seller.fired) / f64::from(seller.blocks)
}

impl CrashAnatomy {
    /// Scale of losses, from the lowest limit to the largest loss seen.
    pub(super) fn losses(&self) -> Scale {
        let seen = self.crash.firings.iter().map(|sale| lost(sale.load));
        let limits = self.crash.firings.iter();
        let limits = limits.filter_map(|sale| sale.threshold).map(lost);
        let all = seen
            .chain(limits)
            .chain([lost(self.crash.agents.loss_after)]);
        let (low, high) = all.fold((f64::INFINITY, 0.0_f64), |(low, high), loss| {
            (low.min(loss), high.max(loss))
        });
        Scale::linear_from_zero(low.min(0.0), high.max(0.01))
    }

    /// Draws the panel into `area` and the list of sellers beside it, `width` pixels from `beside`.
    pub(super) fn draw_limits(
        &self,
        canvas: &mut Canvas,
        area: Area,
        scale: Scale,
        beside: f64,
        width: f64,
    ) {
        let panel = Panel::new(area, self.across(), scale);
        panel.levels(canvas, &scale.ticks(5), Some(&percent_tick));
        let set = Type::new(11.0, Ink::Mute).down(VPos::Bottom);
        let caption = "measured loss (line), limits of those who sold (dots)";
        canvas.text(caption, (area.left, area.top - 6.0), &set);
        let (start, end) = panel.x.ends();
        let mut seen = vec![(start, 0.0), (0.0, lost(self.crash.agents.loss_before))];
        for index in thinned(self.crash.firings.len()) {
            let sale = &self.crash.firings[index];
            if let Some(limit) = sale.threshold {
                let paint = Paint::of(ink_of(sale.cluster_index), 80);
                panel.dot(canvas, (sale.share, lost(limit)), 1.9, paint);
            }
            seen.push((sale.share, lost(sale.load)));
        }
        seen.push((self.sold(), lost(self.crash.agents.loss_after)));
        panel.line(canvas, seen, Line::new(Ink::Text, 1.6));
        let within = Scale::linear(0.0, end);
        let ticks = labelled(within.ticks(6), percent_tick);
        panel.base(canvas, &ticks, TICK_SIZE);
        self.list_sellers(canvas, area, beside, width);
    }

    /// Who sold, the largest sellers first if not all have room.
    fn list_sellers(&self, canvas: &mut Canvas, area: Area, left: f64, width: f64) {
        let most = ((area.height() + 10.0) / PITCH) as usize;
        let mut listed: Vec<usize> = (0..self.crash.clusters.len()).collect();
        let of_all = |index: &usize| {
            let seller = &self.crash.clusters[*index];
            seller.capital_share * sold(seller)
        };
        listed.sort_by(|a, b| of_all(b).total_cmp(&of_all(a)).then(a.cmp(b)));
        let hidden = listed.len().saturating_sub(most);
        if hidden > 0 {
            listed.truncate(most - 1);
        }
        listed.sort_unstable();
        let set = Type::new(11.5, Ink::Text).down(VPos::Center);
        for (row, index) in listed.iter().enumerate() {
            let y = area.top + row as f64 * PITCH;
            let ink = ink_of(*index);
            let paint = Paint::solid(ink);
            canvas.rectangle((left, y - 4.0), (left + 8.0, y + 4.0), paint, None);
            let seller = &self.crash.clusters[*index];
            let share = format!("{} sold", percent(Quantity::exact(sold(seller))));
            let share_width = set.width(&share);
            let room = width - 14.0 - 8.0 - share_width;
            canvas.name(&seller.name, (left + 14.0, y), &set, room);
            let at = (left + width - share_width, y);
            canvas.text(
                &share,
                at,
                &Type {
                    ink: ink.for_text(),
                    ..set
                },
            );
        }
        if hidden > 0 {
            let y = area.top + listed.len() as f64 * PITCH;
            let more = format!("and {} more", self.crash.clusters.len() - listed.len());
            let set = Type {
                ink: Ink::Mute,
                ..set
            };
            canvas.text(&more, (left + 14.0, y), &set);
        }
    }
}
