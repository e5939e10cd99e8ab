use chrono::{TimeZone, Utc};

use crate::model::{Article, Mention};
use crate::read::document::Document;

mod single;

/// The attacks of an article of Tuesday, 8 March 2033.
fn attacks(title: &str, text: &str) -> Vec<Mention> {
    let published = Utc.with_ymd_and_hms(2033, 3, 8, 18, 0, 0).single().expect("a time");
    let title = Some(title.to_owned()).filter(|t| !t.is_empty());
    let article = Article { outlet: "Wire".into(), title, text: text.into(), published };
    super::find(&Document::new(&article, &crate::read::own::Reader::default()))
}

fn place(mention: &Mention) -> Option<&str> {
    mention.place.as_ref().map(|p| p.name.as_str())
}

fn killed(mention: &Mention) -> Option<u32> {
    mention.killed.as_ref().map(|t| t.value)
}

fn day(mention: &Mention) -> Option<String> {
    mention.when.as_ref().map(|w| w.from.to_string())
}

#[test]
fn two_attacks_of_one_sentence_keep_each_its_place_day_and_dead() {
    let found = attacks(
        "",
        "Jets bombed a market in Goma on Friday, killing nine people, and on Sunday shells hit a clinic in Bukavu, \
         killing two.",
    );
    let told: Vec<_> = found.iter().map(|m| (place(m), killed(m), day(m))).collect();
    assert_eq!(
        told,
        [
            (Some("Goma"), Some(9), Some("2033-03-04".to_owned())),
            (Some("Bukavu"), Some(2), Some("2033-03-06".to_owned()))
        ]
    );
}

#[test]
fn what_comes_a_day_after_an_attack_tells_its_day() {
    let found = attacks(
        "",
        "Talks in Nairobi will go on, the mediator said on Monday, a day after rockets killed four people in Goma.",
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((place(&found[0]), killed(&found[0])), (Some("Goma"), Some(4)));
    assert_eq!(day(&found[0]).as_deref(), Some("2033-03-06"));
}

#[test]
fn a_toll_told_later_belongs_to_its_own_attack() {
    let found = attacks(
        "",
        "Shells hit a clinic in Goma on Monday, the governor said.\n\n\
         The mayor called for calm. Shops stayed shut. Nobody knew who had fired.\n\n\
         Nine patients died, a doctor said. Another 31 people were being treated.",
    );
    let told: Vec<_> =
        found.iter().map(|m| (place(m), killed(m), m.wounded.as_ref().map(|t| t.value))).collect();
    assert_eq!(told, [(Some("Goma"), Some(9), Some(31))]);
    for other in [
        "Twelve traders were killed a month ago.",
        "Clashes also broke out in the port of Bukavu. The fighting left 11 dead.",
    ] {
        let found =
            attacks("", &format!("Shells hit a clinic in Goma on Monday.\n\nShops stayed shut. {other}"));
        let goma = found.iter().find(|m| place(m) == Some("Goma"));
        assert_eq!(goma.map(killed), Some(None), "{other}");
    }
}

#[test]
fn each_attack_of_a_list_has_its_toll() {
    let found = attacks(
        "",
        "Rebels fired on the lake towns on Monday, killing nine people in one strike, six in an attack on a mill and two \
         in the bombing of a ferry.",
    );
    assert_eq!(found.iter().map(killed).collect::<Vec<_>>(), [Some(9), Some(6), Some(2)]);
}

#[test]
fn a_headline_and_a_war_have_tolls_too() {
    let found = attacks(
        "Kivu death toll passes 230 as envoys meet",
        "Ten days of fighting have emptied the towns. Rebels shelled Goma on Monday, killing four people.",
    );
    let told: Vec<_> = found.iter().map(|m| (m.campaign, killed(m))).collect();
    assert!(told.contains(&(true, Some(230))), "{told:?}");
    let lead = attacks(
        "",
        "The fighting in Kivu has now claimed 340 lives and left 1,200 wounded, the mission said.",
    );
    assert_eq!(lead.iter().map(|m| (m.campaign, killed(m))).collect::<Vec<_>>(), [(true, Some(340))]);
    let day = attacks("", "Twin car bomb attacks have killed at least 10 people in Goma, police said.");
    assert_eq!(day.iter().map(|m| (m.campaign, killed(m))).collect::<Vec<_>>(), [(false, Some(10))]);
}

#[test]
fn the_day_of_talks_or_of_words_is_no_attacks() {
    for (text, when) in [
        ("The Council will meet on Friday to discuss the shelling of Goma, in which nine people died.", None),
        ("Rebels on Tuesday denied shelling a camp at Goma, where 14 people were killed.", None),
        (
            "Rebels quit the October round after a raid on Goma on Sunday killed six people.",
            Some("2033-03-06"),
        ),
    ] {
        let found = attacks("", text);
        let days: Vec<_> = found
            .iter()
            .map(|m| m.when.as_ref().filter(|w| !w.literal.is_empty()).map(|w| w.from.to_string()))
            .collect();
        assert_eq!(days, [when.map(str::to_owned)], "{text}");
    }
}

#[test]
fn shots_at_a_rally_are_an_attack_and_a_shoot_out_on_the_pitch_is_none() {
    assert_eq!(attacks("", "Three students were shot dead at a rally in Goma on Monday.").len(), 1);
    assert!(
        attacks(
            "Goma rocket sinks Lions in final",
            "The cup match went to penalties. Their goalkeeper saved two."
        )
        .is_empty()
    );
    assert!(
        attacks(
            "Cyclone batters Goma",
            "The cyclone left nine dead. Falling trees hit a bus on Monday, wounding 12 people."
        )
        .is_empty()
    );
}

#[test]
fn one_sides_word_a_drill_and_gas_are_no_attacks() {
    for (title, text) in [
        ("", "The rebels claimed on Monday to have killed 60 soldiers in an ambush near Goma."),
        ("Rebels say 60 soldiers killed; army denies", ""),
        ("", "A soldier was killed when a mortar round fell short during an exercise at Goma on Monday."),
        ("Two dead in Goma blast; gas suspected", ""),
    ] {
        assert!(attacks(title, text).is_empty(), "{title}{text}");
    }
}

#[test]
fn a_headline_s_other_half_is_not_the_scene() {
    let found = attacks(
        "Talks open in Nairobi as shelling kills 17",
        "Shells fell on Goma on Sunday, killing 17 people. The talks in Nairobi went on.",
    );
    assert_eq!(found.iter().map(place).collect::<Vec<_>>(), [Some("Goma")]);
}

#[test]
fn a_site_goes_by_its_town_and_a_relative_clause_by_no_day_but_its_own() {
    let found = attacks("", "Nine people were killed as gunmen stormed Velmarat hotel.");
    assert_eq!(found.iter().map(place).collect::<Vec<_>>(), [Some("Velmarat")]);
    let found = attacks(
        "",
        "Investigators on Monday examined the car that blew up at a Goma checkpoint, killing four.",
    );
    let days: Vec<_> = found.iter().map(|m| m.when.as_ref().map(|w| w.literal.as_str())).collect();
    assert!(days.iter().all(|d| *d != Some("Monday")), "{days:?}");
}

#[test]
fn a_town_is_what_is_shelled() {
    let found =
        attacks("", "The army shelled Velmarat on Monday, where 11 people died, a rebel spokesman said.");
    assert_eq!(
        found.iter().map(|m| (place(m), killed(m))).collect::<Vec<_>>(),
        [(Some("Velmarat"), Some(11))]
    );
}

#[test]
fn an_attack_of_a_week_before_is_background() {
    let found = attacks(
        "",
        "A car bomb killed three people in Kano on Monday, a week after gunmen shot dead eight traders in Kaduna.",
    );
    let told: Vec<_> = found.iter().map(|m| (place(m), m.background)).collect();
    assert_eq!(told, [(Some("Kano"), false), (Some("Kaduna"), true)]);
}

#[test]
fn the_scene_is_what_was_hit_and_not_whence_it_came_or_who_told_it() {
    for (text, scene) in [
        ("Shells fired from Rwanda killed three farmers in Goma on Monday.", "Goma"),
        ("Rockets hit a school in Bukavu on Monday, officials in Kinshasa said.", "Bukavu"),
        ("Gunmen killed six people in the Kenyan capital on Monday.", "Nairobi"),
        ("The Kano bombing killed 12 people on Monday.", "Kano"),
        ("Militants opened fire at a market in Velmarat on Monday, killing five.", "Velmarat"),
    ] {
        let found = attacks("", text);
        assert_eq!(found.first().and_then(place), Some(scene), "{text}");
    }
}

#[test]
fn the_toll_of_weeks_is_a_campaign_and_never_one_attacks() {
    let found = attacks(
        "Air strike hits Goma hospital",
        "An air strike hit a hospital in Goma on Monday, killing four people.\n\
         More than 300 people have died in air strikes on the region since the war began.",
    );
    let told: Vec<_> = found.iter().map(|m| (m.campaign, killed(m))).collect();
    assert_eq!(told, [(false, Some(4)), (true, Some(300))]);
    let one =
        attacks("", "It was the heaviest attack since the war began: drones hit Goma on Monday, killing 9.");
    assert!(one.iter().all(|m| !m.campaign), "{one:#?}");
}

#[test]
fn a_count_by_places_is_no_further_attack() {
    let found = attacks(
        "",
        "Drones struck Goma and four other towns overnight, killing 23 people.\n\
         Eight people were killed in Bukavu and two in Uvira.",
    );
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[test]
fn an_aircraft_with_people_is_attacked_and_a_drone_intercepted() {
    assert_eq!(
        attacks("", "Rebels shot down an army helicopter near Goma on Monday, killing nine soldiers.").len(),
        1
    );
    for text in [
        "The army shot down six drones over Goma on Monday.",
        "Rebels claimed that they had shot down a jet over Goma.",
        "Parliament shoots down bill on passenger flights",
    ] {
        assert!(attacks("", text).is_empty(), "{text}");
    }
}

#[test]
fn what_is_armed_in_words_only_is_no_attack() {
    for text in [
        "The rebels accused the army of having shelled a convoy near Goma.",
        "The country received missiles to destroy the tanks of its neighbour.",
        "A mob stormed a police station in Kano on Monday.",
        "Police defused an unexploded bomb near Goma on Monday.",
        "An elephant attack killed two villagers near Goma on Monday.",
        "A long-range rocket with a satellite was launched on Monday and fell into the sea off Kenya.",
        "Army helicopter crashes near Goma, killing five soldiers",
    ] {
        assert!(attacks("", text).is_empty(), "{text}");
    }
}

#[test]
fn one_who_was_shot_is_one_wounded() {
    let found = attacks("", "The mayor of Goma was badly wounded by a gunman on Monday.");
    assert_eq!(found.first().and_then(|m| m.wounded.as_ref()).map(|t| t.value), Some(1));
}

#[test]
fn here_is_where_the_dateline_says() {
    let found = attacks("", "GOMA, Congo — Shells killed four people in this city on Monday, doctors said.");
    assert_eq!(found.first().and_then(place), Some("Goma"));
}

#[test]
fn a_sentence_on_something_else_only_names_the_attack() {
    for text in [
        "Senators demanded an inquiry into the Goma shelling. The minister said nothing.",
        "Envoys argued about who was to blame for the bombing of a school.",
        "Ten years on, Goma remembers the bombing of its station.",
        "Rebels said on Friday that a militia had killed 40 people in Goma with shells, a claim the army denied.",
        "The general, whom the army claimed to have killed in an air strike, spoke in Goma on Sunday.",
        "The film contains nine missiles, two of which hit a town hall.",
    ] {
        assert!(attacks("", text).is_empty(), "{text}");
    }
}

#[test]
fn an_answer_to_an_attack_is_another_attack() {
    let found = attacks(
        "",
        "A Rwandan civilian was killed by rocket fire from Congo on Monday.\n\
         Rwanda's army said it bombed rocket launchers near Goma on Monday.",
    );
    assert_eq!(found.len(), 2, "{found:#?}");
    let battle = attacks(
        "",
        "More than 30 Congolese rebels were killed in fighting near Goma on Monday, the army said.\n\
         The rebels ambushed Congolese troops near Goma on Monday, triggering the fighting.",
    );
    assert_eq!(battle.len(), 1, "{battle:#?}");
}

#[test]
fn a_lead_that_only_refers_to_an_old_attack_makes_no_news_of_it() {
    let found = attacks(
        "",
        "Ministers agreed on Monday to hunt smuggled guns, spurred by a massacre in Bukavu.\n\
         Gunmen killed nine people at a bar in Bukavu on 12 February.",
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].background, "{found:#?}");
}

#[test]
fn what_one_side_says_and_the_other_calls_invented_is_no_attack() {
    for text in [
        "Rebels said on Monday that a militia had killed 70 people near Goma, an allegation the army dismissed.",
        "The army claimed to have killed the rebel leader in an air strike.",
        "‘Rocket Attack’, a comedy, opens in Goma on Monday",
        "Aircraft dropped practice bombs near Goma on Monday in a joint exercise.",
    ] {
        assert!(attacks("", text).is_empty(), "{text}");
    }
}

#[test]
fn what_the_next_sentence_denies_is_no_attack() {
    let text = "The army announced that shells had killed a rebel chief near Goma. The rebels denied it.";
    assert!(attacks("", text).is_empty());
}

#[test]
fn what_a_war_has_cost_over_years_is_no_attack_far_from_the_news() {
    let text = "Shells hit Goma on Monday, killing two people. Doctors went there. Schools shut. Roads were blocked. \
                More than 900 civilians have died in shelling since the start of the year, according to a tally.";
    assert_eq!(attacks("", text).len(), 1);
}

#[test]
fn a_town_gives_its_name_to_its_market_and_to_the_attack() {
    for (title, text) in [
        ("", "Four people died when shells slammed into the main market of Butembo in Congo on Monday."),
        ("", "Four people died in Monday's shelling of the Butembo market in Congo."),
        ("", "In Congo, Lukas showed photographs from Butembo, where shells killed four people on Monday."),
        ("", "A drone hit a lorry, killing four people, medics said. It was struck in Butembo, Congo."),
    ] {
        assert_eq!(attacks(title, text).first().and_then(place), Some("Butembo"), "{text}");
    }
}

#[test]
fn a_palace_stands_in_the_capital() {
    let text =
        "A Kenyan general took power hours after troops stormed the presidential palace, killing two guards.";
    assert_eq!(attacks("", text).first().and_then(place), Some("Nairobi"));
}

#[test]
fn those_in_care_are_the_wounded_and_blows_kill_too() {
    let text = "Militiamen shot or hacked to death at least 14 people in Goma on Monday. Thirty others were being treated.";
    let found = attacks("", text);
    assert_eq!(found.first().and_then(killed), Some(14));
    assert_eq!(found.first().and_then(|m| m.wounded.as_ref()).map(|t| t.value), Some(30));
}

#[test]
fn a_withdrawn_report_denies_its_attack() {
    let found =
        attacks("", "The paper withdrew its report of Monday that a shell had killed three people in Goma.");
    let told: Vec<_> = found.iter().map(|m| (m.status, killed(m))).collect();
    assert_eq!(told, [(crate::model::Status::Denied, None)]);
}

#[test]
fn an_act_is_told_without_naming_the_arms() {
    for text in [
        "Gunmen emptied a magazine into the house of a judge in Goma last night.",
        "Militants executed 30 villagers near Goma on Monday, a chief said.",
        "Nine people perished when a device hidden in a cart went off at a fair in Goma.",
        "Two brothers were burnt to death when a drone crashed into a grain store in Goma on Sunday.",
        "Some 15 people were shot, three of them fatally, at a wedding in Goma on Saturday.",
    ] {
        assert_eq!(attacks("", text).len(), 1, "{text}");
    }
}

#[test]
fn what_is_played_or_trained_is_no_attack() {
    for text in [
        "Smoke and 60 ‘casualties’ as jets bomb the port of Goma, on paper.",
        "Two soldiers were killed when a shell exploded during training near Goma on Monday.",
        "The air raid was filmed with toy planes in a studio in Goma.",
        "The band boasted on its channel on Monday that it had also stormed the barracks at Goma.",
    ] {
        assert!(attacks("", text).is_empty(), "{text}");
    }
}

#[test]
fn attacks_of_one_day_in_one_region_are_told_apart_by_their_arms() {
    let found = attacks(
        "",
        "Mortar fire killed a farmer in Kenya on Tuesday, the army said.\n\n\
         The governor called for calm. Schools stayed shut.\n\n\
         Militants fired close to 60 rockets at villages in Kenya since the morning, the army said.",
    );
    let told: Vec<_> = found.iter().map(killed).collect();
    assert_eq!(told, [Some(1), None]);
}

#[test]
fn the_dead_of_a_relative_clause_are_the_attacks() {
    let found = attacks(
        "",
        "The army said that 30 rebels were killed in its reply to Monday's rocket attack on Goma, in which twelve \
         people died.",
    );
    assert_eq!((found.len(), killed(&found[0])), (1, Some(12)));
    assert_eq!(day(&found[0]).as_deref(), Some("2033-03-07"));
}

#[test]
fn a_month_before_the_shells_that_fell_is_the_attack_s() {
    let found = attacks("", "In December, rockets that hit a bus station in Goma killed 22 people.");
    assert_eq!(
        found[0].when.as_ref().map(|w| w.from.to_string()).as_deref(),
        Some("2032-12-01"),
        "{found:#?}"
    );
}

#[test]
fn a_headline_on_something_else_only_names_an_attack() {
    let found = attacks("Envoy puts off journey after market bombing", "");
    assert!(found.iter().all(|m| m.background), "{found:#?}");
    let found = attacks("Nine killed in market bombing in Goma", "");
    assert!(found.iter().any(|m| !m.background), "{found:#?}");
}

#[test]
fn what_happened_where_somebody_goes_is_there() {
    let found =
        attacks("", "The president will travel on to Goma instead, where shells killed three people.");
    assert_eq!(place(&found[0]), Some("Goma"));
}

#[test]
fn the_land_that_a_headline_s_talks_are_named_by_is_neither_scene_nor_target() {
    let found = attacks(
        "Air strike on rebel camp before Kenya talks",
        "Jets of Kenya's air force struck a camp of the rebels near Garissa on Monday morning, killing six.",
    );
    let told: Vec<_> = found.iter().map(|m| (place(m), killed(m))).collect();
    assert_eq!(told, [(Some("Garissa"), Some(6))]);
}
