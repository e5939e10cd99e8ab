//! The week in a picture: developments a day by kind, and below them the killed and wounded. Pure.
//!
//! In: what seven days brought, and the language. Out: a PNG, 1080 pixels wide, on a light card of its own, so
//! that it reads alike in light and dark themes; lettered for a phone, with fonts that are compiled in.

use std::sync::LazyLock;

use anyhow::{Context, anyhow};
use chrono::{Datelike, NaiveDate};
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontStyle, FontTransform, register_font};

use crate::locale::Language;
use crate::model::Kind;

/// Pixels across.
pub const WIDTH: u32 = 1080;
/// Pixels down.
pub const HEIGHT: u32 = 1390;

const CARD: RGBColor = RGBColor(0xfa, 0xfa, 0xf7);
const INK: RGBColor = RGBColor(0x1d, 0x23, 0x2b);
const FAINT: RGBColor = RGBColor(0x5b, 0x65, 0x70);
const LINE: RGBColor = RGBColor(0xd9, 0xdc, 0xdf);
/// Of the kinds in their order, told apart by the colour-blind too.
const COLOURS: [RGBColor; 6] = [
    RGBColor(0x00, 0x72, 0xb2),
    RGBColor(0xd5, 0x5e, 0x00),
    RGBColor(0x00, 0x9e, 0x73),
    RGBColor(0xe0, 0xa8, 0x20),
    RGBColor(0x8a, 0x5a, 0xa8),
    RGBColor(0x6b, 0x76, 0x82),
];
/// The killed.
pub const KILLED: RGBColor = RGBColor(0x7f, 0x1d, 0x1d);
/// The wounded.
pub const WOUNDED: RGBColor = RGBColor(0xe8, 0x9a, 0x8c);

/// Left and right edge of the bars.
const SPAN: (i32, i32) = (130, 1030);
/// Top and foot of the developments' bars.
const ABOVE: (i32, i32) = (330, 720);
/// Top and foot of the tolls' bars.
const BELOW: (i32, i32) = (1040, 1300);

/// What one day brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: NaiveDate,
    /// Developments by kind.
    pub kinds: Vec<(Kind, u32)>,
    /// Killed in strikes.
    pub killed: u32,
    /// Wounded in strikes.
    pub wounded: u32,
}

type Area<'a> = DrawingArea<BitMapBackend<'a>, Shift>;

/// Draws a week.
///
/// # Errors
/// The fonts can't be used, or the picture can't be drawn.
pub fn draw(days: &[Day], language: Language) -> anyhow::Result<Vec<u8>> {
    FONTS.as_ref().map_err(|error| anyhow!("{error}"))?;
    let mut pixels = vec![0; (WIDTH * HEIGHT * 3) as usize];
    {
        let area = BitMapBackend::with_buffer(&mut pixels, (WIDTH, HEIGHT)).into_drawing_area();
        paint(&area, days, language).map_err(|error| anyhow!("drawing the week: {error}"))?;
        area.present().map_err(|error| anyhow!("drawing the week: {error}"))?;
    }
    encode(&pixels)
}

/// The colour of a kind's bars.
pub fn colour(kind: &Kind) -> RGBColor {
    let place = Kind::all().position(|known| known == *kind).unwrap_or(COLOURS.len() - 1);
    COLOURS[place.min(COLOURS.len() - 1)]
}

type Drawn = Result<(), Box<dyn std::error::Error>>;

fn paint(area: &Area<'_>, days: &[Day], language: Language) -> Drawn {
    let say = |key: &str| language.text(key, &[]);
    area.fill(&CARD)?;
    write(area, &say("chart-title"), (50, 44), 52, FontStyle::Bold, INK, 980)?;
    if let (Some(first), Some(last)) = (days.first(), days.last()) {
        let span =
            format!("{} – {}", language.day(first.date, "%-d %B"), language.day(last.date, "%-d %B %Y"));
        write(area, &span, (50, 112), 36, FontStyle::Normal, FAINT, 980)?;
    }
    legend(area, days, language)?;

    let most = days.iter().map(total).max().unwrap_or(0);
    let scale = Scale::new(ABOVE, most);
    axis(area, &scale)?;
    let width = column();
    for (day, middle) in days.iter().zip(middles()) {
        let mut foot = 0;
        for kind in kinds(days) {
            let count = day.kinds.iter().filter(|(known, _)| *known == kind).map(|(_, n)| n).sum::<u32>();
            if count > 0 {
                let (low, high) = (scale.y(foot), scale.y(foot + count));
                bar(area, (middle - width / 2, high), (middle + width / 2, low), colour(&kind))?;
                foot += count;
            }
        }
        if foot > 0 {
            above(area, &foot.to_string(), (middle, scale.y(foot) - 8), INK)?;
        }
        centred(area, &language.day(day.date, "%a"), (middle, ABOVE.1 + 14), 34, INK)?;
        centred(area, &day.date.day().to_string(), (middle, ABOVE.1 + 54), 30, FAINT)?;
    }
    if most == 0 {
        centred(area, &say("chart-nothing"), (580, (ABOVE.0 + ABOVE.1) / 2 - 20), 36, FAINT)?;
    }
    tolls(area, days, language)
}

/// Killed and wounded, side by side.
fn tolls(area: &Area<'_>, days: &[Day], language: Language) -> Drawn {
    let say = |key: &str| language.text(key, &[]);
    area.draw(&PathElement::new(vec![(50, 830), (SPAN.1, 830)], LINE.stroke_width(2)))?;
    write(area, &say("chart-tolls"), (50, 862), 42, FontStyle::Bold, INK, 980)?;
    let killed: u64 = days.iter().map(|day| u64::from(day.killed)).sum();
    let wounded: u64 = days.iter().map(|day| u64::from(day.wounded)).sum();
    if killed + wounded == 0 {
        return centred(area, &say("chart-no-tolls"), (540, 1100), 36, FAINT);
    }
    swatch(area, (50, 938), KILLED, &format!("{} {killed}", say("chart-killed")), 420)?;
    swatch(area, (540, 938), WOUNDED, &format!("{} {wounded}", say("chart-wounded")), 420)?;
    let most = days.iter().map(|day| day.killed.max(day.wounded)).max().unwrap_or(0);
    let scale = Scale::new(BELOW, most);
    axis(area, &scale)?;
    let width = column();
    for (day, middle) in days.iter().zip(middles()) {
        for (count, left, colour) in
            [(day.killed, middle - width / 2, KILLED), (day.wounded, middle, WOUNDED)]
        {
            if count > 0 {
                let right = left + width / 2 - 2;
                bar(area, (left, scale.y(count)), (right, scale.y(0)), colour)?;
                above(area, &count.to_string(), ((left + right) / 2, scale.y(count) - 6), INK)?;
            }
        }
        centred(area, &language.day(day.date, "%a"), (middle, BELOW.1 + 14), 34, INK)?;
    }
    Ok(())
}

/// The kinds with their colours and what the week brought of each, two a row.
fn legend(area: &Area<'_>, days: &[Day], language: Language) -> Drawn {
    for (at, kind) in kinds(days).into_iter().take(4).enumerate() {
        let count: u32 =
            days.iter().flat_map(|day| &day.kinds).filter(|(k, _)| *k == kind).map(|(_, n)| n).sum();
        let key = format!("digest-kind-{kind}");
        let name = match Language::En.has(&key) {
            true => language.text(&key, &[]),
            false => kind.as_str().to_owned(),
        };
        let (row, side) = (i32::try_from(at / 2)?, i32::try_from(at % 2)?);
        swatch(area, (50 + side * 490, 178 + row * 54), colour(&kind), &format!("{name} {count}"), 420)?;
    }
    Ok(())
}

/// All kinds that are known, and any other that the week brought.
fn kinds(days: &[Day]) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = Kind::all().collect();
    for (kind, _) in days.iter().flat_map(|day| &day.kinds) {
        if !kinds.contains(kind) {
            kinds.push(kind.clone());
        }
    }
    kinds
}

fn total(day: &Day) -> u32 {
    day.kinds.iter().map(|(_, count)| count).sum()
}

/// Numbers to heights, up to a round number above the largest.
struct Scale {
    top: i32,
    foot: i32,
    step: u32,
    steps: u32,
}

impl Scale {
    fn new((top, foot): (i32, i32), most: u32) -> Scale {
        let most = most.clamp(1, u32::MAX / 4);
        let mut step = 1;
        let mut factors = [2, 5, 10].into_iter().cycle();
        let mut power = 1;
        while step * 4 < most {
            let Some(factor) = factors.next() else { break };
            step = power * factor;
            if factor == 10 {
                power *= 10;
            }
        }
        Scale { top, foot, step, steps: most.div_ceil(step) }
    }

    fn y(&self, value: u32) -> i32 {
        let share = f64::from(value) / f64::from(self.step * self.steps);
        self.foot - (f64::from(self.foot - self.top) * share).round() as i32
    }
}

/// Lines across, each with its number.
fn axis(area: &Area<'_>, scale: &Scale) -> Drawn {
    for at in 0..=scale.steps {
        let value = at * scale.step;
        let y = scale.y(value);
        let colour = if at == 0 { FAINT } else { LINE };
        area.draw(&PathElement::new(vec![(SPAN.0, y), (SPAN.1, y)], colour.stroke_width(2)))?;
        let style = style(30, FontStyle::Normal, FAINT).pos(Pos::new(HPos::Right, VPos::Center));
        // Figures have no descenders: their middle lies below that of the line of letters.
        area.draw_text(&value.to_string(), &style, (SPAN.0 - 16, y + 5))?;
    }
    Ok(())
}

/// The middle of each day's column.
fn middles() -> impl Iterator<Item = i32> {
    let step = (SPAN.1 - SPAN.0) / 7;
    (0..7).map(move |day| SPAN.0 + step / 2 + day * step)
}

fn column() -> i32 {
    (SPAN.1 - SPAN.0) / 7 * 2 / 3
}

fn bar(area: &Area<'_>, from: (i32, i32), to: (i32, i32), colour: RGBColor) -> Drawn {
    // A little gap parts one kind from the next.
    let from = (from.0, (from.1 + 2).min(to.1 - 1));
    Ok(area.draw(&Rectangle::new([from, to], colour.filled()))?)
}

fn swatch(area: &Area<'_>, at: (i32, i32), colour: RGBColor, words: &str, room: i32) -> Drawn {
    area.draw(&Rectangle::new([at, (at.0 + 34, at.1 + 34)], colour.filled()))?;
    write(area, words, (at.0 + 50, at.1 + 7), 36, FontStyle::Normal, INK, room)
}

fn above(area: &Area<'_>, words: &str, at: (i32, i32), colour: RGBColor) -> Drawn {
    let style = style(30, FontStyle::Bold, colour).pos(Pos::new(HPos::Center, VPos::Bottom));
    Ok(area.draw_text(words, &style, at)?)
}

fn centred(area: &Area<'_>, words: &str, at: (i32, i32), size: i32, colour: RGBColor) -> Drawn {
    let style = style(size, FontStyle::Normal, colour).pos(Pos::new(HPos::Center, VPos::Top));
    Ok(area.draw_text(words, &style, at)?)
}

/// Words from a point to the right, in smaller letters where there is no room.
fn write(
    area: &Area<'_>,
    words: &str,
    at: (i32, i32),
    size: i32,
    weight: FontStyle,
    colour: RGBColor,
    room: i32,
) -> Drawn {
    let mut size = size;
    while size > 20 && i32::try_from(area.estimate_text_size(words, &style(size, weight, colour))?.0)? > room
    {
        size -= 2;
    }
    Ok(area.draw_text(words, &style(size, weight, colour), at)?)
}

fn style(size: i32, weight: FontStyle, colour: RGBColor) -> TextStyle<'static> {
    FontDesc::new(FontFamily::Name(FONT), f64::from(size), weight)
        .transform(FontTransform::None)
        .color(&colour)
}

const FONT: &str = "DejaVu Sans";

static FONTS: LazyLock<Result<(), String>> = LazyLock::new(|| {
    let faces: [(FontStyle, &'static [u8]); 2] = [
        (FontStyle::Normal, include_bytes!("../../fonts/DejaVuSans.ttf")),
        (FontStyle::Bold, include_bytes!("../../fonts/DejaVuSans-Bold.ttf")),
    ];
    for (weight, bytes) in faces {
        register_font(FONT, weight, bytes).map_err(|_| format!("the font {FONT} is broken"))?;
    }
    Ok(())
});

fn encode(pixels: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut picture = Vec::new();
    let mut encoder = png::Encoder::new(&mut picture, WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().context("writing a PNG")?;
    writer.write_image_data(pixels).context("writing a PNG")?;
    writer.finish().context("writing a PNG")?;
    Ok(picture)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week() -> Vec<Day> {
        let first = NaiveDate::from_ymd_opt(2031, 3, 3).unwrap();
        let day = |at: u32, strikes, killed, wounded| Day {
            date: first + chrono::TimeDelta::days(at.into()),
            kinds: vec![(Kind::MEETING, 2 + at), (Kind::STRIKE, strikes), (Kind::STATEMENT, 3)],
            killed,
            wounded,
        };
        vec![
            day(0, 4, 7, 31),
            day(1, 0, 0, 0),
            day(2, 9, 12, 40),
            day(3, 2, 1, 0),
            day(4, 5, 3, 9),
            day(5, 1, 0, 4),
            day(6, 6, 9, 22),
        ]
    }

    fn pixels(png: &[u8]) -> (u32, u32, Vec<u8>) {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        (info.width, info.height, pixels)
    }

    fn at(pixels: &[u8], (x, y): (i32, i32)) -> RGBColor {
        let from = (y as usize * WIDTH as usize + x as usize) * 3;
        RGBColor(pixels[from], pixels[from + 1], pixels[from + 2])
    }

    #[test]
    fn a_week_is_a_picture_with_its_bars_where_they_belong() {
        let png = draw(&week(), Language::En).unwrap();
        if let Ok(path) = std::env::var("CHART_TO") {
            std::fs::write(path, &png).unwrap();
        }
        let (width, height, pixels) = pixels(&png);
        assert_eq!((width, height), (WIDTH, HEIGHT));
        let middles: Vec<i32> = middles().collect();
        assert_eq!(at(&pixels, (5, 5)), CARD);
        assert_eq!(at(&pixels, (middles[0], ABOVE.1 - 10)), colour(&Kind::MEETING));
        let scale = Scale::new(ABOVE, 16);
        assert_eq!(at(&pixels, (middles[0], scale.y(4))), colour(&Kind::STRIKE));
        assert_eq!(at(&pixels, (middles[1], scale.y(4))), colour(&Kind::STATEMENT), "no strikes on that day");
        assert_eq!(at(&pixels, (middles[0], scale.y(14) + 3)), CARD, "nothing above the day's number");
        assert_eq!(at(&pixels, (middles[2] - 20, BELOW.1 - 10)), KILLED);
        assert_eq!(at(&pixels, (middles[2] + 20, BELOW.1 - 10)), WOUNDED);
        assert_eq!(at(&pixels, (middles[1], BELOW.1 - 10)), CARD);
    }

    #[test]
    fn a_week_without_news_and_one_of_millions_are_drawn_too() {
        let empty: Vec<Day> =
            week().into_iter().map(|day| Day { kinds: vec![], killed: 0, wounded: 0, ..day }).collect();
        let wild = vec![Day {
            killed: u32::MAX,
            kinds: vec![(Kind::named("eclipse"), u32::MAX / 2)],
            ..week()[0].clone()
        }];
        for days in [empty, wild, vec![]] {
            for language in Language::ALL {
                assert_eq!(pixels(&draw(&days, language).unwrap()).0, WIDTH);
            }
        }
    }

    #[test]
    fn a_scale_ends_at_a_round_number_above_the_largest() {
        let ends = [0, 1, 3, 7, 19, 40, 120, 999].map(|most| {
            let scale = Scale::new((0, 100), most);
            (scale.step * scale.steps, scale.steps)
        });
        for (most, (end, steps)) in [0, 1, 3, 7, 19, 40, 120, 999].into_iter().zip(ends) {
            assert!(end >= most && steps <= 4, "{most}: {end} in {steps}");
        }
    }
}
