//! What is a single attack, who took part and where: invented sentences deep in a report of Tuesday, 8 March 2033.

use super::{attacks, killed, place};

const HEAD: &str =
    "Troops shelled Goma on Monday, killing three people.\n\nMarkets stayed shut. Schools did not open.\n\n";

#[test]
fn a_rate_a_habit_or_a_stretch_of_attacks_is_no_single_one() {
    for habit in [
        "An average of 20 shells fell every day on Bukavu, a relief worker said.",
        "Rockets regularly hit the outskirts of Bukavu.",
        "The army has been shelling rebel posts near Bukavu for more than a week.",
        "Traders in Bukavu spoke of months of air strikes on their markets.",
    ] {
        let found = attacks("", &format!("{HEAD}{habit}"));
        assert!(found.iter().all(|m| place(m) != Some("Bukavu")), "{habit} {found:#?}");
    }
    let found = attacks("", &format!("{HEAD}On Sunday rockets hit the outskirts of Bukavu, killing two."));
    assert!(found.iter().any(|m| place(m) == Some("Bukavu")), "{found:#?}");
}

#[test]
fn what_goes_on_with_older_years_is_background() {
    let found = attacks(
        "",
        &format!(
            "{HEAD}Air strikes in 2019 destroyed a market in Bukavu. Rockets killed some 900 people in Uvira."
        ),
    );
    let old = found.iter().find(|m| killed(m) == Some(900)).expect("told");
    assert!(old.background, "{found:#?}");
}

#[test]
fn who_tells_of_an_attack_is_no_side_of_it() {
    let found = attacks("", "Fighting in Goma on Monday left four dead, Rwanda's Interior Ministry said.");
    let names: Vec<&str> = found[0].actors.iter().map(|a| a.name.as_str()).collect();
    assert!(names.iter().all(|n| !n.contains("Ministry")), "{names:?}");
}

#[test]
fn here_is_where_the_report_is_from() {
    let text = "GOMA, Congo (Wire) - Markets stayed shut on Tuesday. Schools did not open.\n\n";
    for act in [
        "Gunmen killed four people here on Monday.",
        "Gunmen shelled this rebel-held city on Monday, killing four people.",
    ] {
        let found = attacks("", &format!("{text}{act}"));
        assert_eq!(found.iter().map(place).collect::<Vec<_>>(), [Some("Goma")], "{act}");
    }
}

#[test]
fn the_region_of_the_headline_is_that_of_attacks_without_a_place() {
    let found = attacks(
        "North Kivu death toll rises",
        "Jets struck back at once, killing ten gunmen, the army said.",
    );
    assert!(place(&found[0]).is_some_and(|p| p == "North Kivu"), "{found:#?}");
}

#[test]
fn the_lower_end_of_a_range_is_the_toll() {
    let found =
        attacks("", "From four to 11 people were killed when troops stormed a barracks in Goma on Monday.");
    assert_eq!(killed(&found[0]), Some(4));
}
