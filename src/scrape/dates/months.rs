//! Month names of other languages, as they stand in dates.

use chrono::Month;

/// Languages whose months are known, by their ISO 639-1 codes.
pub fn languages() -> impl Iterator<Item = &'static str> {
    MONTHS.iter().map(|(language, _)| *language)
}

/// Whether a language's months are known.
pub fn is_known(language: &str) -> bool {
    languages().any(|known| known == language)
}

/// The month that a word names: in this language or in English; without one, in all that know it the same.
pub fn named(word: &str, language: Option<&str>) -> Option<u32> {
    let lower = word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    if lower.chars().count() < 3 {
        return None;
    }
    let of = |names: &[&str; 12]| names.iter().position(|names| names.split(' ').any(|name| name == lower));
    let mut found = MONTHS
        .iter()
        .filter(|(known, _)| language.is_none_or(|language| *known == language || *known == "en"))
        .filter_map(|(_, names)| of(names));
    let first = found.next()?;
    found.all(|other| other == first).then_some(first as u32 + 1)
}

/// The text with its month names in English, squeezed.
pub(super) fn in_english(text: &str, language: Option<&str>) -> String {
    let month = |word: &str| Month::try_from(u8::try_from(named(word, language)?).ok()?).ok();
    let english = |word: &str| match month(word) {
        Some(month) => word.replace(word.trim_matches(|c: char| !c.is_alphabetic()), month.name()),
        None => word.to_owned(),
    };
    text.split_whitespace().map(english).collect::<Vec<_>>().join(" ")
}

/// Lower case, in the genitive where a language uses it, with the usual short forms.
const MONTHS: [(&str, [&str; 12]); 17] = [
    (
        "en",
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ],
    ),
    (
        "de",
        [
            "jan januar jänner",
            "feb februar",
            "märz mrz mär",
            "apr april",
            "mai",
            "jun juni",
            "jul juli",
            "aug august",
            "sep sept september",
            "okt oktober",
            "nov november",
            "dez dezember",
        ],
    ),
    (
        "fr",
        [
            "janvier janv",
            "février févr",
            "mars",
            "avril avr",
            "mai",
            "juin",
            "juillet juil",
            "août",
            "sept septembre",
            "oct octobre",
            "nov novembre",
            "déc décembre",
        ],
    ),
    (
        "es",
        [
            "enero ene",
            "feb febrero",
            "mar marzo",
            "abr abril",
            "may mayo",
            "jun junio",
            "jul julio",
            "ago agosto",
            "sep sept septiembre setiembre",
            "oct octubre",
            "nov noviembre",
            "dic diciembre",
        ],
    ),
    (
        "it",
        [
            "gen gennaio",
            "feb febbraio",
            "mar marzo",
            "apr aprile",
            "mag maggio",
            "giu giugno",
            "lug luglio",
            "ago agosto",
            "set settembre",
            "ott ottobre",
            "nov novembre",
            "dic dicembre",
        ],
    ),
    (
        "pt",
        [
            "jan janeiro",
            "fev fevereiro",
            "mar março",
            "abr abril",
            "mai maio",
            "jun junho",
            "jul julho",
            "ago agosto",
            "set setembro",
            "out outubro",
            "nov novembro",
            "dez dezembro",
        ],
    ),
    (
        "nl",
        [
            "jan januari",
            "feb februari",
            "mrt maart",
            "apr april",
            "mei",
            "jun juni",
            "jul juli",
            "aug augustus",
            "sep sept september",
            "okt oktober",
            "nov november",
            "dec december",
        ],
    ),
    (
        "sv",
        [
            "jan januari",
            "feb februari",
            "mar mars",
            "apr april",
            "maj",
            "jun juni",
            "jul juli",
            "aug augusti",
            "sep sept september",
            "okt oktober",
            "nov november",
            "dec december",
        ],
    ),
    (
        "da",
        [
            "jan januar",
            "feb februar",
            "mar marts",
            "apr april",
            "maj",
            "jun juni",
            "jul juli",
            "aug august",
            "sep sept september",
            "okt oktober",
            "nov november",
            "dec december",
        ],
    ),
    (
        "nb",
        [
            "jan januar",
            "feb februar",
            "mars",
            "apr april",
            "mai",
            "jun juni",
            "jul juli",
            "aug august",
            "sep sept september",
            "okt oktober",
            "nov november",
            "des desember",
        ],
    ),
    (
        "pl",
        [
            "stycznia",
            "lutego",
            "marca",
            "kwietnia",
            "maja",
            "czerwca",
            "lipca",
            "sierpnia",
            "września",
            "października",
            "listopada",
            "grudnia",
        ],
    ),
    (
        "cs",
        [
            "ledna",
            "února",
            "března",
            "dubna",
            "května",
            "června",
            "července",
            "srpna",
            "září",
            "října",
            "listopadu",
            "prosince",
        ],
    ),
    (
        "hr",
        [
            "siječnja",
            "veljače",
            "ožujka",
            "travnja",
            "svibnja",
            "lipnja",
            "srpnja",
            "kolovoza",
            "rujna",
            "listopada",
            "studenoga studenog",
            "prosinca",
        ],
    ),
    (
        "ro",
        [
            "ian ianuarie",
            "feb februarie",
            "mar martie",
            "apr aprilie",
            "mai",
            "iun iunie",
            "iul iulie",
            "aug august",
            "sep sept septembrie",
            "oct octombrie",
            "noi noiembrie",
            "dec decembrie",
        ],
    ),
    (
        "tr",
        [
            "oca ocak",
            "şub şubat",
            "mar mart",
            "nis nisan",
            "may mayıs",
            "haz haziran",
            "tem temmuz",
            "ağu ağustos",
            "eyl eylül",
            "eki ekim",
            "kas kasım",
            "ara aralık",
        ],
    ),
    (
        "ru",
        [
            "января янв",
            "февраля фев",
            "марта мар",
            "апреля апр",
            "мая май",
            "июня июн",
            "июля июл",
            "августа авг",
            "сентября сен",
            "октября окт",
            "ноября ноя",
            "декабря дек",
        ],
    ),
    (
        "uk",
        [
            "січня січ",
            "лютого лют",
            "березня бер",
            "квітня квіт",
            "травня трав",
            "червня черв",
            "липня лип",
            "серпня серп",
            "вересня вер",
            "жовтня жовт",
            "листопада лист",
            "грудня груд",
        ],
    ),
];
