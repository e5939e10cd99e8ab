//! What readers are told of an article, and what not: invented reports of meetings, attacks and words.

use chrono::{TimeZone, Utc};

use super::read;
use crate::model::{Article, Kind, Mention, Status};

/// Monday, 8 March 2027.
fn article(title: &str, text: &str) -> Article {
    Article {
        outlet: "The Daily Lantern".to_owned(),
        title: (!title.is_empty()).then(|| title.to_owned()),
        text: text.to_owned(),
        published: Utc.with_ymd_and_hms(2027, 3, 8, 9, 0, 0).single().expect("a valid time"),
    }
}

fn of(kind: &Kind, title: &str, text: &str) -> Vec<Mention> {
    read(&article(title, text)).into_iter().filter(|m| m.kind == *kind).collect()
}

fn meetings(text: &str) -> Vec<Mention> {
    of(&Kind::MEETING, text, "")
}

fn strikes(text: &str) -> Vec<Mention> {
    of(&Kind::STRIKE, text, "")
}

fn statements(text: &str) -> Vec<Mention> {
    of(&Kind::STATEMENT, text, "")
}

fn names(mention: &Mention) -> Vec<&str> {
    mention.actors.iter().map(|a| a.name.as_str()).collect()
}

fn place(mention: &Mention) -> Option<&str> {
    mention.place.as_ref().map(|p| p.name.as_str())
}

#[track_caller]
fn one(mut found: Vec<Mention>) -> Mention {
    assert_eq!(found.len(), 1, "{found:#?}");
    found.remove(0)
}

#[track_caller]
fn none(found: &[Mention]) {
    assert!(found.is_empty(), "{found:#?}");
}

// Meetings.

#[test]
fn every_kind_has_its_reader() {
    let read: Vec<&Kind> = super::KINDS.iter().map(|reader| &reader.kind).collect();
    assert!(Kind::all().all(|kind| read.contains(&&kind)), "{read:?}");
    assert!(read.iter().all(|kind| Kind::all().any(|known| known == **kind)), "{read:?}");
}

#[test]
fn a_headline_tells_who_met() {
    let m = one(meetings("Weir meets Okada in Nairobi"));
    assert_eq!(names(&m), ["Weir", "Okada"]);
    assert_eq!((m.status, place(&m)), (Status::Occurred, Some("Nairobi")));
}

#[test]
fn offices_are_no_part_of_a_name() {
    let m = one(meetings(
        "Peruvian President Ana Quispe met Canadian Foreign Minister Tom Ferro in Lima on Sunday",
    ));
    assert_eq!(names(&m), ["Ana Quispe", "Tom Ferro"]);
    assert_eq!(m.actors[0].country.as_deref(), Some("PE"));
    assert_eq!(m.when.map(|w| w.from.to_string()).as_deref(), Some("2027-03-07"));
}

#[test]
fn a_meeting_to_come_is_planned() {
    for text in [
        "Quispe to meet Ferro in Lima on Friday",
        "Quispe and Ferro will hold talks in Lima on Friday",
        "Quispe is due to host Ferro in Lima on Friday",
        "Quispe-Ferro talks in Lima planned for Friday",
        "Quispe, Ferro agree to meet in Lima on Friday",
    ] {
        let m = one(meetings(text));
        assert_eq!(m.status, Status::Planned, "{text}");
        assert_eq!(m.when.map(|w| w.from.to_string()).as_deref(), Some("2027-03-12"), "{text}");
    }
}

#[test]
fn a_meeting_called_off_is_cancelled() {
    for text in [
        "Quispe calls off meeting with Ferro",
        "Quispe-Ferro meeting postponed",
        "Quispe's meeting with Ferro in Lima has been cancelled",
    ] {
        assert_eq!(one(meetings(text)).status, Status::Cancelled, "{text}");
    }
}

#[test]
fn a_denied_meeting_is_denied() {
    let m = one(meetings("No Quispe-Ferro meeting planned, palace says"));
    assert_eq!(m.status, Status::Denied);
}

#[test]
fn nations_in_a_compound_are_the_parties() {
    let m = one(meetings("Kenya-Uganda talks begin in Kampala"));
    assert_eq!(names(&m), ["Kenya", "Uganda"]);
    let m = one(meetings("Kenyan, Ugandan and Tanzanian leaders hold talks in Arusha"));
    assert_eq!(names(&m), ["Kenya", "Uganda", "Tanzania"]);
}

#[test]
fn parties_after_between_and_with_are_found() {
    let m = one(meetings("Talks between Bolivia and Chile began in Lima on Monday"));
    assert_eq!(names(&m), ["Bolivia", "Chile"]);
    let m =
        one(meetings("A Bolivian delegation held consultations with officials from Chile and Peru in Lima"));
    assert_eq!(names(&m), ["Bolivia", "Chile", "Peru"]);
}

#[test]
fn a_phone_call_is_a_meeting() {
    let m = one(meetings(
        "Chilean President Rosa Vidal spoke by phone with Peruvian counterpart Ana Quispe on Sunday",
    ));
    assert!(names(&m).contains(&"Rosa Vidal") && names(&m).contains(&"Ana Quispe"), "{m:?}");
    one(meetings("Vidal holds phone call with Quispe"));
}

#[test]
fn an_envoy_sent_for_talks_has_yet_to_meet() {
    let m = one(meetings("Vidal sends envoy Marco Leal to Lima for talks with Quispe"));
    assert_eq!(m.status, Status::Planned);
    assert!(names(&m).contains(&"Marco Leal") && names(&m).contains(&"Quispe"), "{m:?}");
}

#[test]
fn a_state_visit_is_a_meeting_with_the_host() {
    let m = one(meetings("Vidal arrives in Peru on state visit"));
    assert_eq!(names(&m), ["Vidal", "Peru"]);
}

#[test]
fn an_emergency_session_needs_no_second_party() {
    one(meetings("UN Security Council holds emergency session on Sudan"));
}

#[test]
fn what_meets_a_need_or_resistance_is_no_meeting() {
    for text in [
        "Peru meets deadline for budget cuts",
        "Quispe's plan was met with criticism from Ferro",
        "Vidal fails to meet targets set by Brussels",
        "Chile will meet its obligations to Bolivia",
        "The proposal met stiff resistance in Lima and La Paz",
    ] {
        none(&meetings(text));
    }
}

#[test]
fn shareholders_and_teams_hold_no_meeting_of_parties() {
    for text in [
        "Norwell Mining shareholders meeting approves merger with Castor Metals",
        "Annual general meeting of Norwell Mining set for Friday in Toronto",
        "Peru meet Chile in Copa final on Friday",
        "The two sides last met in the quarterfinal, with Vidal scoring the only goal",
        "Board meeting of Castor Metals postponed",
    ] {
        none(&meetings(text));
    }
}

#[test]
fn an_earlier_meeting_is_background() {
    let text = "Peru's fishing law took effect on Monday.\n\
                Supporters cheered in the streets.\n\
                The new rules run to ninety pages.\n\
                Quispe had met Chilean President Rosa Vidal in Santiago last month.";
    let m = one(of(&Kind::MEETING, "Fishing law takes effect", text));
    assert!(m.background);
}

#[test]
fn several_sentences_on_one_meeting_are_one_mention() {
    let text = "Peruvian President Ana Quispe and Chilean President Rosa Vidal held talks in Lima on Sunday.\n\
                The meeting lasted three hours.\n\
                Quispe met Vidal for the first time since the election.";
    let m = one(of(&Kind::MEETING, "Quispe, Vidal hold talks", text));
    assert_eq!(place(&m), Some("Lima"));
    assert_eq!(m.when.map(|w| w.from.to_string()).as_deref(), Some("2027-03-07"));
}

#[test]
fn two_meetings_in_two_cities_stay_two() {
    let text = "Peruvian President Ana Quispe met Chilean President Rosa Vidal in Santiago on Saturday.\n\
                On Sunday she met Brazilian President Luis Prado in Brasilia.";
    assert_eq!(of(&Kind::MEETING, "", text).len(), 2);
}

#[test]
fn a_person_unknown_to_the_gazetteer_is_known_by_office() {
    let text = "Foreign Minister Tadeo Okonjo-Ruiz said he would meet US envoy Carla van der Meer in Accra on Tuesday.";
    let m = one(of(&Kind::MEETING, "", text));
    assert!(names(&m).contains(&"Carla van der Meer") && names(&m).contains(&"Tadeo Okonjo-Ruiz"), "{m:?}");
}

#[test]
fn a_meeting_moved_is_planned_for_its_new_day() {
    for text in [
        "The summit of Chilean and Peruvian ministers in Arica has been moved from Wednesday to Friday",
        "Quispe-Vidal talks in Arica put back from Wednesday to Friday",
        "Talks between Chile and Peru in Arica postponed until Friday",
        "Talks between Chile and Peru in Arica will begin on Friday instead of Wednesday",
        "Talks between Chile and Peru in Arica brought forward to Friday",
    ] {
        let m = one(meetings(text));
        assert_eq!(m.status, Status::Planned, "{text}");
        assert_eq!(m.when.map(|w| w.from.to_string()).as_deref(), Some("2027-03-12"), "{text}");
    }
}

#[test]
fn a_meeting_called_off_keeps_the_day_for_which_it_was_planned() {
    for text in [
        "Quispe cancels Friday's talks with Vidal in Arica",
        "Quispe has called off her meeting with Vidal planned for Friday in Arica",
    ] {
        let m = one(meetings(text));
        assert_eq!(m.status, Status::Cancelled, "{text}");
        assert_eq!(m.when.map(|w| w.from.to_string()).as_deref(), Some("2027-03-12"), "{text}");
    }
    let m = one(meetings("Quispe on Friday called off her meeting with Vidal"));
    assert_eq!((m.status, m.when), (Status::Cancelled, None));
}

#[test]
fn talks_told_of_as_still_to_come_did_not_take_place() {
    for (text, day) in [
        ("Bolivian jets bomb rebel camp near Tarija hours before talks in Lima", "2027-03-08"),
        (
            "Bolivian troops shelled a rebel camp near Tarija, a day before the Bolivia-Peru talks in Lima",
            "2027-03-09",
        ),
        (
            "A car bomb went off in La Paz on Sunday, two days before talks between Bolivia and Peru in Lima",
            "2027-03-09",
        ),
    ] {
        for m in meetings(text) {
            assert_eq!(m.status, Status::Planned, "{text}");
            assert_eq!(m.when.map(|w| w.from.to_string()).as_deref(), Some(day), "{text}");
        }
    }
}

#[test]
fn those_who_have_not_met_hold_no_meeting() {
    for text in [
        "Quispe and Vidal have never met",
        "Quispe and Vidal have not spoken face to face since Lima closed the strait in January",
        "Ana Quispe has not met Rosa Vidal since the election",
    ] {
        none(&meetings(text));
    }
}

// Strikes.

#[test]
fn an_attack_has_attacker_place_and_toll() {
    let m = one(strikes("Sudanese army drone strike on Nyala market kills at least 12, wounds 30"));
    assert_eq!(m.killed.as_ref().map(|t| (t.value, t.at_least)), Some((12, true)));
    assert_eq!(m.wounded.as_ref().map(|t| t.value), Some(30));
    assert_eq!(place(&m), Some("Nyala"));
    assert_eq!(names(&m).first(), Some(&"Sudan"));
}

#[test]
fn attacks_are_told_by_verbs_too() {
    for text in [
        "Missiles hit apartment block in Khartoum, killing three",
        "Gunmen opened fire on a bus near Quetta on Sunday, killing five people",
        "Rebels shelled the town of Goma overnight",
        "A suicide bomber blew himself up outside a mosque in Kano",
        "Warplanes bombed a village in Shan state",
        "Militants detonated a roadside bomb near Mosul, wounding two soldiers",
        "Two soldiers were shot dead in an ambush near Gao",
    ] {
        one(strikes(text));
    }
}

#[test]
fn a_labour_strike_is_no_attack() {
    for text in [
        "Rail strike halts trains across France",
        "Nurses go on strike in Lima over pay",
        "Union calls 48-hour strike at Durban port",
        "Strike by airport workers in Rome enters second day",
        "Workers strike in Chile's copper mines",
        "Teachers' strike hits schools in Nairobi",
        "Prisoners begin hunger strike in Ankara",
        "General strike paralyses Buenos Aires",
    ] {
        none(&strikes(text));
    }
}

#[test]
fn a_deal_or_a_ball_struck_is_no_attack() {
    for text in [
        "Peru and Chile strike a deal on fishing rights",
        "Chile, Bolivia strike trade deal in Lima",
        "Quispe strikes conciliatory tone in Lima speech",
        "Court strikes down Peru's mining law",
        "Striker Vidal hits winner as Lima beat Cusco",
        "Vidal struck twice in the second half to sink Chile in the cup final",
        "Gold prices hit record in London",
        "Peru hit by new tariffs",
    ] {
        none(&strikes(text));
    }
}

#[test]
fn disasters_and_accidents_are_no_attacks() {
    for text in [
        "Earthquake strikes southern Peru, killing 12",
        "Typhoon hits Manila, at least 9 dead",
        "Lightning strike kills three farmers in Bihar",
        "Gas explosion in Mexico City restaurant kills five",
        "Man killed after being struck by a car in Oslo",
        "Floods kill 30 in Mozambique",
        "Train crash in Egypt leaves 20 dead",
        "Shark attack kills surfer in Perth",
        "Quispe dies of heart attack in Lima",
    ] {
        none(&strikes(text));
    }
}

#[test]
fn words_and_computers_attack_without_arms() {
    for text in [
        "Ferro attacks Quispe over budget plan",
        "Opposition attacks government's handling of the economy",
        "Cyber attack shuts down Chilean ministry",
        "Vidal launches scathing attack on critics in speech",
    ] {
        none(&strikes(text));
    }
}

#[test]
fn shows_markets_and_figures_of_speech_are_no_attacks() {
    for text in [
        "Pirate sequel bombs at box office in Spain",
        "Comedian Vidal bombed on stage in Lima",
        "New musical bombs with critics in London",
        "Quispe drops bombshell in Lima interview",
        "Peruvians shelling out more for bread",
        "Chile shelled out millions for stadium in Santiago",
        "Quispe's dance video a hit with voters in Peru",
        "Peru's central bank targets inflation of 3 percent",
        "Vidal's attack ad angers Lima mayor",
        "Parliament trims Peru strike force budget",
        "Lima club fires coach after third defeat",
        "Quispe fires defence minister in Peru",
        "Senate bombarded with questions about Chile treaty",
        "Tax raid on savings angers voters in Peru",
        "Debt time bomb ticks in Buenos Aires",
        "Explosion of interest in Peruvian cooking in Paris",
        "Rocket carrying satellite lifts off from French Guiana",
        "Drone show lights up Santiago for New Year",
        "Sandstorm hits Khartoum, flights grounded",
        "Royal visit greeted with 21-gun salute in Ottawa",
    ] {
        none(&strikes(text));
    }
}

#[test]
fn threats_drills_and_interceptions_are_no_attacks() {
    for text in [
        "Pakistan threatens strikes on militants in Afghanistan",
        "Peru holds missile drill near Arequipa",
        "North Korea test-fires ballistic missile into sea",
        "Sudanese army says it downed 14 drones over Port Sudan",
        "Police foil plot to bomb Jakarta embassy",
    ] {
        none(&strikes(text));
    }
}

#[test]
fn a_claim_denied_is_no_attack() {
    none(&strikes("Kenyan army denies carrying out strike on Lamu village"));
}

#[test]
fn the_toll_of_a_later_sentence_belongs_to_the_attack() {
    let text = "A car bomb exploded outside a police station in Mogadishu on Sunday.\n\
                Seven people were killed and 19 wounded, a hospital official said.";
    let m = one(of(&Kind::STRIKE, "Car bomb hits Mogadishu", text));
    assert_eq!(m.killed.map(|t| t.value), Some(7));
    assert_eq!(m.wounded.map(|t| t.value), Some(19));
    assert_eq!(m.when.map(|w| w.from.to_string()).as_deref(), Some("2027-03-07"));
}

#[test]
fn attacks_on_two_towns_stay_two() {
    let text = "A drone strike killed four people in El Fasher on Sunday.\n\
                In Port Sudan, shelling wounded six on Monday.";
    assert_eq!(of(&Kind::STRIKE, "", text).len(), 2);
}

#[test]
fn an_attack_of_years_ago_is_background() {
    let text = "Families gathered in Nairobi on Monday to plant trees.\n\
                A choir sang.\n\
                Speakers thanked the city.\n\
                Gunmen killed 21 people at a Nairobi hotel in January 2019.";
    let found = of(&Kind::STRIKE, "Families plant trees", text);
    assert!(found.iter().all(|m| m.background), "{found:#?}");
}

// Statements.

#[test]
fn a_headline_carries_a_statement() {
    for (text, speaker) in [
        ("Quispe says Peru will not devalue its currency", "Quispe"),
        ("Peru will not devalue its currency, says Quispe", "Quispe"),
        ("Quispe: Peru will not devalue its currency", "Quispe"),
        ("'We will not devalue', Quispe tells parliament", "Quispe"),
        ("Quispe urges neighbours to open borders", "Quispe"),
        ("Quispe denies plan to leave trade bloc", "Quispe"),
    ] {
        let m = one(statements(text));
        assert_eq!(m.speaker.as_ref().map(|s| s.name.as_str()), Some(speaker), "{text}");
    }
}

#[test]
fn a_house_speaks_after_the_dash() {
    let m = one(statements("No plans to change the fishing treaty — Peruvian Foreign Ministry"));
    assert_eq!(m.speaker.map(|s| s.name).as_deref(), Some("Peruvian Foreign Ministry"));
    none(&statements("No plans to change the fishing treaty — Reuters"));
}

#[test]
fn a_quotation_is_literal() {
    let text =
        "Peruvian President Ana Quispe said on Monday that the border \"will stay open for every farmer\".";
    let m = one(of(&Kind::STATEMENT, "", text));
    assert_eq!(m.quote.as_deref(), Some("will stay open for every farmer"));
    assert_eq!(m.speaker.map(|s| s.name).as_deref(), Some("Ana Quispe"));
}

#[test]
fn the_speaker_of_a_reply_is_the_one_named_before() {
    let text = "Peruvian President Ana Quispe opened the new port in Callao on Monday.\n\
                \"This port will feed our whole coast,\" she said.";
    let m = one(of(&Kind::STATEMENT, "", text));
    assert_eq!(m.speaker.map(|s| s.name).as_deref(), Some("Ana Quispe"));
}

#[test]
fn nobody_in_particular_makes_no_statement() {
    for text in [
        "Officials say rains will continue in Lima",
        "Prices will rise, analysts said",
        "Witnesses said the road was closed",
    ] {
        none(&statements(text));
    }
}

#[test]
fn headline_and_lead_are_one_statement() {
    let text = "Peruvian President Ana Quispe said the fishing treaty is \"dead\" after the vote in Santiago.\n\
                Quispe said fishermen had waited for years.";
    let m = one(of(&Kind::STATEMENT, "Quispe says fishing treaty is dead", text));
    assert_eq!(m.speaker.map(|s| s.name).as_deref(), Some("Ana Quispe"));
}

// All kinds.

#[test]
fn headlines_in_title_case_take_names_from_the_body() {
    let text = "Peruvian President Ana Quispe met Chilean President Rosa Vidal in Lima on Sunday.\n\
                They spoke of fish and roads.\n\
                The weather was fine.\n\
                Nothing was signed.";
    let m = one(of(&Kind::MEETING, "Quispe And Vidal Hold Talks On Fishing Rights", text));
    assert_eq!(names(&m), ["Ana Quispe", "Rosa Vidal"]);
}

#[test]
fn evidence_is_literal_and_short() {
    let text = "Peruvian President Ana Quispe, who has led the country for six years and who had long resisted any new \
                treaty on fishing in the cold waters off the southern coast, met Chilean President Rosa Vidal, a former \
                judge from Valdivia who won a second term in the spring after a campaign about roads, schools and the \
                price of bread, in Lima on Sunday for four hours of talks about fish, copper, roads and the railway that \
                both have promised to build before the decade is over.";
    for m in read(&article("", text)) {
        assert!(text.contains(&m.evidence), "{}", m.evidence);
        assert!(m.evidence.split_whitespace().count() <= 60);
    }
}

#[test]
fn a_statement_is_of_the_day_on_which_it_was_said() {
    for (text, day) in [
        ("Chile says it will hold elections on Sunday", "2027-03-08"),
        ("Peruvian President Ana Quispe said on Saturday that the port would open in May.", "2027-03-06"),
        (
            "Peruvian President Ana Quispe on Sunday accused Chile of breaking the treaty last year.",
            "2027-03-07",
        ),
        (
            "Peruvian President Ana Quispe told parliament late on Friday that the attack of Thursday was a crime.",
            "2027-03-05",
        ),
        ("On Saturday, Chilean President Rosa Vidal warned that talks would fail.", "2027-03-06"),
        ("Chilean President Rosa Vidal condemned Thursday's attack on the port.", "2027-03-08"),
        ("Chilean President Rosa Vidal warned that ships would be seized by Friday.", "2027-03-08"),
    ] {
        let m = one(of(&Kind::STATEMENT, "", text));
        assert_eq!(m.when.map(|w| w.from.to_string()).as_deref(), Some(day), "{text}");
    }
}

#[test]
fn deals_quarrels_and_claims_of_responsibility_are_no_statements() {
    for text in [
        "Nine Days in Arica: Peru and Chile Agree to Share the Harbour",
        "Peru, Chile agree to lift tariffs on copper",
        "Peru and Chile accuse each other of firing first",
        "Quispe and Vidal blamed one another for the failure",
        "Red Dawn Front claims responsibility for Lima bombing",
        "Red Dawn Front claimed the attack on the port",
    ] {
        none(&statements(text));
    }
    assert_eq!(statements("Vidal: Peru must open the harbour").len(), 1);
    assert_eq!(statements("Vidal claims that the attack was staged").len(), 1);
}

#[test]
fn headline_and_lead_of_one_quotation_are_one_statement() {
    let found = of(
        &Kind::STATEMENT,
        "Vidal: 'No gun of ours fired on Arica'",
        "\"No gun of ours fired on Arica,\" Chile's president, Rosa Vidal, told senators on Sunday, and offered maps.",
    );
    let m = one(found);
    assert_eq!(m.when.map(|w| w.from.to_string()).as_deref(), Some("2027-03-07"));
}

#[test]
fn a_bystander_is_no_speaker_of_note() {
    let text = "Shells hit a market in Arica on Sunday, the army said.\n\
                \"We ran to the cellar and waited there,\" said Tomas Ibarra, the baker.";
    let found = of(&Kind::STATEMENT, "Shells hit market in Arica", text);
    assert!(
        found
            .iter()
            .filter(|m| m.speaker.as_ref().is_some_and(|s| s.name.contains("Ibarra")))
            .all(|m| !m.prominent && m.score < 0.6),
        "{found:#?}"
    );
}

#[test]
fn a_town_lies_in_the_country_that_the_article_is_about() {
    let text = "Paraguay's army said on Sunday that it had retaken the bridge.\n\
                A drone attack killed three people in Filadelfia, and Paraguay closed its border.";
    let m = one(of(&Kind::STRIKE, "", text));
    assert_eq!(m.place.and_then(|p| p.country).as_deref(), Some("PY"));
}

#[test]
fn the_title_repeated_in_the_text_is_read_once() {
    let title = "Weir meets Okada in Nairobi";
    let m = one(of(&Kind::MEETING, title, "Weir meets Okada in Nairobi."));
    assert_eq!(m.evidence, title);
}

#[test]
fn elections_mergers_coups_and_floods_are_none_of_the_three_events() {
    for text in [
        "Norwell Mining to merge with Castor Metals",
        "Soldiers seize power in Lomé, dissolve parliament",
        "Quispe wins second term in Peru election",
        "Rivers burst banks in Mozambique, thousands flee",
        "Lima beat Cusco 3-1 to top league",
    ] {
        let found = read(&article(text, ""));
        assert!(found.iter().all(|m| m.kind == Kind::STATEMENT), "{found:#?}");
    }
}

#[test]
fn reading_twice_gives_the_same() {
    let a = article(
        "Weir meets Okada in Nairobi",
        "Weir said: \"We met as friends.\" A drone strike hit Nyala, killing 3.",
    );
    assert_eq!(read(&a), read(&a));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read_with_literal_evidence(words in proptest::collection::vec(
        proptest::sample::select(vec![
            "Quispe", "meets", "talks", "Kenya-Uganda", "strike", "killed", "12", "said", "\"", "‘", "’", "'s", ",", ".", "\n", "—",
            ":", "in", "Lima", "Nairobi", "President", "of", "the", "UN", "Security Council", "drone", "hit", "on Friday", "and",
            "with", "Rosa Vidal", "ahead of", "after", "called off", "he", "May", "Georgia", "Jordan", "US", "U.S.", "Mr.", "van",
            "der", "al-Nur", "Kremlin", "(", ")", "…", "é", "São Paulo", "meeting", "No", "to", "for", "state visit", "round",
        ]), 0..60)) {
        let text = words.join(" ");
        let (title, body) = text.split_at(text.char_indices().nth(text.chars().count() / 3).map_or(0, |(i, _)| i));
        for m in read(&article(title, body)) {
            proptest::prop_assert!(title.contains(&m.evidence) || body.contains(&m.evidence), "{:?}", m.evidence);
            proptest::prop_assert!(m.evidence.split_whitespace().count() <= 60);
        }
    }
}
