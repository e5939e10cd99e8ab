//! The time zone: by its name, by a city, by a place shared, or by buttons.

use std::sync::LazyLock;

use chrono::NaiveTime;
use chrono_tz::Tz;
use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup, Location};
use tzf_rs::EmbeddedFinder;

use super::{clock_time, overview, read_time};
use crate::bot::admin::shortened;
use crate::bot::call::Call;
use crate::bot::subscribe::{self, enter, when};
use crate::locale::Language;
use crate::read::zones::{self, City};
use crate::store::{self, subscribers};

/// From how many times the people of its namesakes on a city is meant without asking.
const OUTSHINES: u32 = 10;
/// Cities of one name that are offered.
const OFFERED: usize = 8;

/// The common zones, by region; a region's name is in the locales, as `settings-region-NAME`.
const REGIONS: [(&str, &[Tz]); 7] = [
    (
        "europe",
        &[
            Tz::Europe__Kyiv,
            Tz::Europe__Warsaw,
            Tz::Europe__Berlin,
            Tz::Europe__Paris,
            Tz::Europe__Madrid,
            Tz::Europe__London,
            Tz::Europe__Lisbon,
            Tz::Europe__Rome,
            Tz::Europe__Vienna,
            Tz::Europe__Zurich,
            Tz::Europe__Prague,
            Tz::Europe__Athens,
            Tz::Europe__Bucharest,
            Tz::Europe__Helsinki,
            Tz::Europe__Istanbul,
            Tz::Europe__Minsk,
            Tz::Europe__Moscow,
            Tz::Europe__Samara,
        ],
    ),
    (
        "middle-east",
        &[
            Tz::Asia__Jerusalem,
            Tz::Asia__Beirut,
            Tz::Asia__Amman,
            Tz::Asia__Damascus,
            Tz::Asia__Baghdad,
            Tz::Asia__Riyadh,
            Tz::Asia__Tehran,
            Tz::Asia__Dubai,
            Tz::Asia__Tbilisi,
            Tz::Asia__Yerevan,
            Tz::Asia__Baku,
            Tz::Africa__Cairo,
        ],
    ),
    (
        "africa",
        &[
            Tz::Africa__Casablanca,
            Tz::Africa__Algiers,
            Tz::Africa__Tunis,
            Tz::Africa__Cairo,
            Tz::Africa__Khartoum,
            Tz::Africa__Addis_Ababa,
            Tz::Africa__Nairobi,
            Tz::Africa__Lagos,
            Tz::Africa__Accra,
            Tz::Africa__Dakar,
            Tz::Africa__Kinshasa,
            Tz::Africa__Johannesburg,
        ],
    ),
    (
        "asia",
        &[
            Tz::Asia__Yekaterinburg,
            Tz::Asia__Tashkent,
            Tz::Asia__Almaty,
            Tz::Asia__Kabul,
            Tz::Asia__Karachi,
            Tz::Asia__Kolkata,
            Tz::Asia__Kathmandu,
            Tz::Asia__Dhaka,
            Tz::Asia__Novosibirsk,
            Tz::Asia__Bangkok,
            Tz::Asia__Jakarta,
            Tz::Asia__Singapore,
            Tz::Asia__Manila,
            Tz::Asia__Shanghai,
            Tz::Asia__Taipei,
            Tz::Asia__Seoul,
            Tz::Asia__Tokyo,
            Tz::Asia__Vladivostok,
        ],
    ),
    (
        "oceania",
        &[
            Tz::Australia__Perth,
            Tz::Australia__Darwin,
            Tz::Australia__Adelaide,
            Tz::Australia__Brisbane,
            Tz::Australia__Sydney,
            Tz::Pacific__Auckland,
            Tz::Pacific__Fiji,
            Tz::Pacific__Apia,
            Tz::Pacific__Honolulu,
        ],
    ),
    (
        "north-america",
        &[
            Tz::America__St_Johns,
            Tz::America__Halifax,
            Tz::America__New_York,
            Tz::America__Toronto,
            Tz::America__Chicago,
            Tz::America__Denver,
            Tz::America__Phoenix,
            Tz::America__Los_Angeles,
            Tz::America__Vancouver,
            Tz::America__Anchorage,
            Tz::America__Mexico_City,
        ],
    ),
    (
        "south-america",
        &[
            Tz::America__Havana,
            Tz::America__Panama,
            Tz::America__Bogota,
            Tz::America__Caracas,
            Tz::America__Lima,
            Tz::America__La_Paz,
            Tz::America__Santiago,
            Tz::America__Asuncion,
            Tz::America__Argentina__Buenos_Aires,
            Tz::America__Montevideo,
            Tz::America__Sao_Paulo,
        ],
    ),
];

/// Zones by degrees: four megabytes of borders, searched where they lie.
static BORDERS: LazyLock<EmbeddedFinder> = LazyLock::new(EmbeddedFinder::new);

/// A zone that a reader may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bot) struct Place {
    /// As a button says it.
    pub(in crate::bot) label: String,
    /// The zone.
    pub(in crate::bot) zone: Tz,
}

/// What a reader's words may mean, the largest city first; one where they are clear.
///
/// A zone's name in whatever case, blanks for underscores; else a city.
pub(in crate::bot) fn find(words: &str) -> Vec<Place> {
    let name = words.trim().replace(' ', "_");
    let named = |zone: &&Tz| zone.name().eq_ignore_ascii_case(&name);
    let last = |zone: &&Tz| city_of(**zone).replace(' ', "_").eq_ignore_ascii_case(&name);
    let place = |zone: &Tz| Place { label: zone.name().into(), zone: *zone };
    if let Some(zone) = chrono_tz::TZ_VARIANTS.iter().find(named) {
        return vec![place(zone)];
    }
    let cities = zones::cities(words);
    let Some(largest) = cities.first() else {
        return chrono_tz::TZ_VARIANTS.iter().find(last).map(place).into_iter().collect();
    };
    let rival = cities.iter().filter(|city| city.zone != largest.zone).map(|city| city.population).max();
    let clear = rival.is_none_or(|rival| largest.population >= rival.saturating_mul(OUTSHINES));
    let offered = if clear { 1 } else { OFFERED };
    cities.iter().take(offered).map(|city| Place { label: label(city), zone: city.zone }).collect()
}

/// That the words name no zone or city, with the mend.
pub(in crate::bot) fn unknown(language: Language, words: &str) -> String {
    let args = [("words", shortened(words, 40).into())];
    format!("{} {}", language.html("bot-unknown-zone", &args), language.html("bot-zone-form", &[]))
}

/// Asks which of several cities is meant; the times that were wished with it wait in the buttons.
pub(in crate::bot) async fn which(call: &Call, words: &str, places: &[Place], times: &[NaiveTime]) {
    let times: Vec<String> = times.iter().map(|at| at.format("%H%M").to_string()).collect();
    let times = if times.is_empty() { String::new() } else { format!(":{}", times.join(",")) };
    let rows = places.iter().map(|place| {
        vec![InlineKeyboardButton::callback(place.label.clone(), format!("z:{}{times}", place.zone.name()))]
    });
    let text = call.say("settings-which-place", &[("words", shortened(words, 40).into())]);
    call.show(&text, Some(InlineKeyboardMarkup::new(rows))).await;
}

/// /zone, with a zone or a city.
pub(in crate::bot) async fn command(call: &Call, words: &str) -> anyhow::Result<()> {
    if !call.changes().await? {
        return Ok(());
    }
    if words.is_empty() {
        ask(call).await;
        return Ok(());
    }
    match &find(words)[..] {
        [] => drop(call.reply(&unknown(call.language, words)).await),
        [one] => return settle(call, one.zone).await,
        several => which(call, words, several, &[]).await,
    }
    Ok(())
}

/// A place that was shared.
pub(in crate::bot) async fn shared(call: &Call, place: &Location) -> anyhow::Result<()> {
    match BORDERS.get_tz_name(place.longitude, place.latitude).parse() {
        Ok(zone) => settle(call, zone).await,
        Err(_) => {
            call.reply(&call.say("settings-no-zone-there", &[])).await;
            Ok(())
        }
    }
}

/// `s:z[:…]`: the regions, a region's zones, and the question for a city.
pub(super) async fn press(call: &Call, rest: &str) -> anyhow::Result<()> {
    let mut rows: Vec<Vec<InlineKeyboardButton>>;
    let region = REGIONS.iter().find(|(name, _)| *name == rest);
    if rest == "?" {
        ask(call).await;
        return Ok(());
    } else if let Some((_, zones)) = region {
        let now = call.service.app.clock.now();
        let button = |zone: &Tz| {
            let label = format!("{} · {}", city_of(*zone), now.with_timezone(zone).format("%H:%M"));
            InlineKeyboardButton::callback(label, format!("z:{}", zone.name()))
        };
        rows = zones.chunks(2).map(|pair| pair.iter().map(button).collect()).collect();
        rows.push(vec![call.button("settings-back", "s:z")]);
    } else {
        let button =
            |(name, _): &(&str, _)| call.button(&format!("settings-region-{name}"), format!("s:z:{name}"));
        rows = REGIONS.chunks(2).map(|pair| pair.iter().map(button).collect()).collect();
        rows.push(vec![call.button("settings-type-city", "s:z:?")]);
        rows.push(vec![call.button("settings-back", "s:")]);
    }
    call.show(&call.say("settings-zone-menu", &[]), Some(InlineKeyboardMarkup::new(rows))).await;
    Ok(())
}

/// `z:ZONE[:TIMES]`: this zone, and these times if /subscribe asked for them.
pub(in crate::bot) async fn choose(call: &Call, data: &str) -> anyhow::Result<()> {
    if !call.changes().await? {
        return Ok(());
    }
    let (zone, times) = data.split_once(':').unwrap_or((data, ""));
    let times: Option<Vec<NaiveTime>> =
        if times.is_empty() { Some(vec![]) } else { times.split(',').map(read_time).collect() };
    match (zone.parse(), times) {
        (Ok(zone), Some(times)) if times.is_empty() => settle(call, zone).await,
        (Ok(zone), Some(times)) => subscribe::settle(call, &times, Some(zone)).await,
        _ => call.stale().await,
    }
}

/// Sets the zone; a chat that is not known yet is subscribed.
async fn settle(call: &Call, zone: Tz) -> anyhow::Result<()> {
    let app = &call.service.app;
    let now = app.clock.now();
    let subscriber = match &call.subscriber {
        None => enter(call, None, Some(zone), now).await?,
        Some(known) => {
            let times: Vec<NaiveTime> = known.slots.iter().map(|(_, at)| *at).collect();
            store::times::set(&app.db, known.id, zone, &times, now).await?;
            subscribers::get(&app.db, known.id).await?.unwrap_or_else(|| known.clone())
        }
    };
    if call.pressed.is_some() {
        return overview(&call.again().await?).await;
    }
    let args = [("zone", zone.name().into()), ("now", clock_time(now, zone).into())];
    let text = format!("{} {}", call.say("settings-zone-set", &args), when(call, &subscriber, now).await?);
    call.reply_with(&text, Some(InlineKeyboardMarkup::new([[call.button("bot-settings", "s:")]]))).await;
    Ok(())
}

async fn ask(call: &Call) {
    call.question("settings-ask-city", "settings-example-zone").await;
}

fn label(city: &City) -> String {
    let parts = [city.name, city.region, city.country];
    let mut named: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    named.dedup();
    named.join(", ")
}

/// The city that a zone is named after.
fn city_of(zone: Tz) -> String {
    zone.name().rsplit('/').next().unwrap_or_default().replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zones(words: &str) -> Vec<Tz> {
        find(words).iter().map(|place| place.zone).collect()
    }

    #[test]
    fn a_zone_is_known_by_its_name_or_a_city() {
        assert_eq!(zones("america/new york"), [Tz::America__New_York]);
        assert_eq!(zones("Europe/Kyiv"), [Tz::Europe__Kyiv]);
        assert_eq!(zones("Lviv"), [Tz::Europe__Kyiv]);
        assert_eq!(zones("new york"), [Tz::America__New_York]);
        assert_eq!(zones("Lord Howe"), [Tz::Australia__Lord_Howe], "no city, but a zone is named after it");
        assert!(["", "UTC+2:00", "Hogwarts", "🏙"].iter().all(|words| find(words).is_empty()));
    }

    #[test]
    fn a_city_that_outshines_its_namesakes_is_meant_and_others_are_asked_for() {
        assert_eq!(zones("London"), [Tz::Europe__London]);
        assert_eq!(zones("Paris"), [Tz::Europe__Paris]);
        let several = find("Birmingham");
        assert!(several.len() > 1 && several[0].label.contains("United Kingdom"), "{several:?}");
    }

    #[test]
    fn what_a_button_carries_fits_into_it() {
        let longest = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name().len()).max().unwrap();
        assert!("z:".len() + longest + subscribe::MOST_TIMES * ":0730".len() <= 64, "{longest}");
    }
}
