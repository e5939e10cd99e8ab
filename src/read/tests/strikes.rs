//! Who struck, where, and how many were hurt, and what is no attack: invented reports.

use super::{names, none, of, one, place};
use crate::model::{Kind, Mention};

fn strikes(text: &str) -> Vec<Mention> {
    of(&Kind::STRIKE, text, "")
}

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
