use super::*;
use proptest::prelude::*;

fn values(text: &str) -> (Vec<u32>, Vec<u32>) {
    let tolls = find(text);
    let numbers = |hits: Vec<TollHit>| hits.into_iter().map(|hit| hit.toll.value).collect();
    (numbers(tolls.killed), numbers(tolls.wounded))
}

#[test]
fn verbs_and_passives_tell_killed_and_wounded() {
    for (text, killed, wounded) in [
        ("Strikes on Velmora killed six and injured more than 50.", 6, 50),
        ("Six people were killed and 50 wounded in Velmora.", 6, 50),
        ("A drone hit a bus, killing three employees and wounding ten others.", 3, 10),
        ("The blast left two dead, five hurt.", 2, 5),
        ("2 killed 5 injured in Velmora blast", 2, 5),
        ("Strikes kill six, wound 50 in Velmora", 6, 50),
        ("Dead: 4, injured: 12.", 4, 12),
        ("At least 4 people, including two children, were killed and another 13 were injured.", 4, 13),
        ("Four soldiers died and seven were wounded, the army said.", 4, 7),
        ("Gunmen shot dead two men and injured a woman.", 2, 1),
    ] {
        assert_eq!(values(text), (vec![killed], vec![wounded]), "{text}");
    }
}

#[test]
fn a_toll_that_rose_is_the_new_number() {
    for text in [
        "The death toll rose to 26.",
        "The toll from the strike has risen to 26 from 23, officials said.",
        "Velmora toll climbs to 26",
        "The number of dead rose to 26; the death toll stands at 26.",
    ] {
        assert_eq!(values(text).0.first(), Some(&26), "{text}");
    }
    assert_eq!(values("The toll has risen to 26 from 23.").0, [26]);
}

#[test]
fn a_count_is_told_in_many_ways() {
    for (text, killed) in [
        ("Ferry disaster at Velmora: the dead now number 33", 33),
        ("With the dead now nine, schools stayed shut.", 9),
        ("The shelling left five sailors of one crew dead.", 5),
        ("The bishop died along with two of his drivers on the road to Velmora.", 3),
        ("A bomber struck the gate, killing himself and eight others.", 8),
        ("A roadside bomb killed the mayor and two of his bodyguards.", 3),
        ("A mine killed Colonel Tolen and four of his men.", 5),
        ("A blast on the pier claimed the life of a teacher.", 1),
        ("At least 25 Velmorans and 8 Ostrovian sailors were killed.", 25),
        ("Gunmen gunned down five policemen.", 5),
        ("The army said that it had lost nine men.", 9),
        ("The raid cost the garrison eleven men.", 11),
        ("A couple and their daughter died when a shell hit.", 3),
        ("Six of the 40 passengers were killed.", 6),
        ("Fifteen people, not 12, are now known to have died.", 15),
        ("The toll has risen by three to 15.", 15),
        ("The toll, put at 12 on Monday, now stands at 15.", 15),
        ("Orlu: dead pass 150", 150),
        ("A student died on Sunday, becoming its third victim.", 3),
        ("Rebels shot down a helicopter, killing its crew of four.", 4),
        ("A shell killed 11-year-old Ama Tolen and her brother.", 2),
        ("A sniper shot dead the deputy governor of Velmora.", 1),
    ] {
        assert_eq!(values(text).0.first(), Some(&killed), "{text}");
    }
}

#[test]
fn what_stands_by_the_verb_is_no_count() {
    for text in [
        "She had escaped two plots before, one of them a mine that killed her horse.",
        "The war claims some 30 lives a week.",
        "He lost two elections and nine seats.",
        "The cook and eight scouts were not hurt.",
    ] {
        assert_eq!(values(text), (vec![], vec![]), "{text}");
    }
}

#[test]
fn those_still_in_care_are_a_lower_bound() {
    let tolls = find("Ten people are still being treated.");
    assert_eq!(tolls.wounded.first().map(|t| (t.toll.value, t.toll.at_least)), Some((10, true)));
}

#[test]
fn further_dead_are_told_apart() {
    let tolls = find("Two more people have died.");
    assert!(tolls.killed.is_empty());
    assert_eq!(tolls.further.first().map(|t| t.toll.value), Some(2));
}

#[test]
fn a_list_counts_each_of_its_attacks() {
    let text =
        "Jets killed six in one raid, nine people in an attack on a bus and two in the bombing of a mill.";
    assert_eq!(values(text).0, [6, 9, 2]);
}

#[test]
fn weeks_of_fighting_have_one_toll() {
    let sums = |text: &str| find(text).killed.first().is_some_and(|t| t.cumulative);
    assert!(sums("Ten days of clashes that have cost at least 75 lives ended on Monday."));
    assert!(!sums("She was the first to die in two weeks of fighting; a shell killed four more people."));
    assert!(find("The army's offensive, now in its second week, goes on.").long);
}

#[test]
fn persons_without_a_number_are_counted() {
    for (text, killed) in [
        ("A shell killed a 17-year-old.", 1),
        ("A woman and her son were killed.", 2),
        ("The strike killed a man and his two daughters.", 3),
        ("The fire claimed the lives of 12 people.", 12),
        ("There were 12 fatalities.", 12),
        ("Police reported 12 deaths.", 12),
    ] {
        assert_eq!(values(text).0, [killed], "{text}");
    }
}

#[test]
fn vague_words_parts_and_both_at_once_give_no_toll() {
    for text in [
        "Dozens were killed and several wounded.",
        "One of the dead was a boy.",
        "The dead include three children.",
        "Up to 20 people were killed.",
        "Some 12 people were killed or wounded.",
        "The threat to kill ten hostages was withdrawn.",
        "Troops killed in the attack were honoured.",
        "It shot down 40 drones.",
    ] {
        assert_eq!(values(text), (vec![], vec![]), "{text}");
    }
    assert_eq!(values("It killed one and wounded several others."), (vec![1], vec![]));
    assert_eq!(values("It killed 9 people, three of them children."), (vec![9], vec![]));
}

#[test]
fn persons_told_together_are_summed_unless_others_follow_as_a_new_subject() {
    assert_eq!(values("Three soldiers and two civilians were killed.").0, [5]);
    assert_eq!(values("It killed six people and two others were injured."), (vec![6], vec![2]));
    assert_eq!(values("A teacher and two of her pupils were among the dead."), (vec![], vec![]));
    assert_eq!(values("The number of people killed has risen to more than 35.").0, [35]);
    assert_eq!(values("Four of the attackers were killed.").0, [4]);
}

#[test]
fn an_age_or_a_number_of_children_is_no_toll() {
    for (text, killed) in [
        ("Four villagers, one of them a boy of twelve, were killed.", vec![4]),
        ("Five people, a woman of 70 among them, were killed in the raid.", vec![5]),
        ("The blast killed six shepherds, two of them boys of 14 and 15.", vec![6]),
        ("The dead are two guards, one a man of 61.", vec![]),
    ] {
        assert_eq!(values(text).0, killed, "{text}");
    }
    assert_eq!(values("A mother of three was killed by shrapnel.").0, vec![1]);
}

#[test]
fn an_ordinal_death_is_the_running_total() {
    for (text, killed) in [
        ("A third victim has died in hospital.", 3),
        ("A sixth civilian wounded in the market blast died on Monday.", 6),
        ("The 12th victim of the bombing died overnight.", 12),
        ("She became the fifth person to die of wounds from the shelling.", 5),
        ("A second soldier was killed when the convoy turned back.", 2),
    ] {
        assert_eq!(values(text), (vec![killed], vec![]), "{text}");
    }
    assert_eq!(values("A second drone killed two men.").0, vec![2]);
    assert!(values("A third attack left the bridge in ruins and nobody died.").0.is_empty());
}

#[test]
fn wounded_who_died_since_raise_the_dead() {
    assert_eq!(
        values("Three miners injured in Sunday's blast have died, bringing the death toll to eight."),
        (vec![8], vec![])
    );
    assert_eq!(
        values("A guard wounded in the raid died overnight, taking the toll to seven."),
        (vec![7], vec![])
    );
    assert_eq!(values("Two people wounded by the bomb have died."), (vec![], vec![]));
    assert_eq!(values("Two people were wounded and three died."), (vec![3], vec![2]));
    assert_eq!(values("Six wounded, one dies in hospital."), (vec![1], vec![6]));
}

#[test]
fn an_increment_is_no_total_but_what_it_brings_is() {
    assert_eq!(values("Another two patients have died of their burns."), (vec![], vec![]));
    assert_eq!(values("Two more guards have died."), (vec![], vec![]));
    for text in [
        "Two more guards have died, bringing the number of dead to ten.",
        "Two more guards have died, raising to ten the number of dead.",
        "Three more have died, pushing the death toll to ten.",
    ] {
        assert_eq!(values(text), (vec![10], vec![]), "{text}");
    }
}

#[test]
fn bounds_are_kept_with_the_literal_words() {
    let toll = find("No fewer than 13 people were injured.").wounded.remove(0).toll;
    assert_eq!(toll, Toll { value: 13, at_least: true, literal: "No fewer than 13".to_owned() });
}

#[test]
fn nobody_hurt_is_said_and_no_toll() {
    for text in
        ["There were no casualties.", "No one was hurt.", "Nobody was killed.", "No injuries were reported."]
    {
        let tolls = find(text);
        assert!(tolls.none && tolls.killed.is_empty() && tolls.wounded.is_empty(), "{text}");
    }
    assert!(!find("No fewer than ten were killed.").none);
}

#[test]
fn a_war_s_sum_is_marked_as_such() {
    assert!(find("More than 900 people have been killed since the war began.").killed[0].cumulative);
    assert!(!find("Nine people were killed.").killed[0].cumulative);
}

proptest! {
    #[test]
    fn tolls_are_literal(text in "((killed|wounded|dead|toll|to|of|a|six|12|people|woman|and|her|son|,|including|\\PC) ?){0,30}") {
        let tolls = find(&text);
        for hit in tolls.killed.iter().chain(&tolls.wounded) {
            prop_assert_eq!(text.get(hit.range.clone()), Some(hit.toll.literal.as_str()));
        }
    }
}

#[test]
fn a_lowered_count_is_the_one_that_holds() {
    assert_eq!(values("The ministry lowered its count from 11 dead to nine.").0.first(), Some(&9));
}

#[test]
fn a_singular_verb_counts_one_person() {
    assert_eq!(values("The mayor was badly wounded.").1, [1]);
    assert_eq!(values("Woman killed in raid on Velmora").0, [1]);
    for text in ["The crew was killed.", "Nobody was killed.", "No one was killed."] {
        assert!(values(text).0.is_empty(), "{text}");
    }
}

#[test]
fn the_dead_are_told_by_many_verbs() {
    for (text, killed) in [
        ("Eleven ferrymen lost their lives on the quay.", 11),
        ("Four have now lost their lives in the raid on the mill.", 4),
        ("Six riflemen were cut down at the ford.", 6),
        ("Two shepherds were blown up by a mine.", 2),
        ("The post where nine conscripts fell.", 9),
        ("Snipers picked off three soldiers at the bridge.", 3),
        ("A gunman shot 14 people, five of them fatally.", 5),
        ("He fatally shot two clerks.", 2),
        ("The warden Ivo Brin, who was shot at his door on Sunday, died on Tuesday.", 1),
        ("Mayor Tolen and two bodyguards were assassinated.", 2),
        ("Four police officers and six attackers were killed.", 10),
        ("The second mate was shot dead.", 1),
        ("Doctors put the dead of the raid at 14.", 14),
        ("The dead of Marovka are now 19.", 19),
        ("He is the thirteenth dead.", 13),
    ] {
        assert_eq!(values(text).0.first(), Some(&killed), "{text}");
    }
    for text in [
        "The council cut down 40 trees.",
        "Nine soldiers fell ill at the camp.",
        "The price fell to 12 crowns.",
        "Four cousins, ages 9 to 11, were seen.",
    ] {
        assert!(values(text).0.is_empty(), "{text}");
    }
}

#[test]
fn the_hurt_are_told_by_many_verbs() {
    for (text, wounded) in [
        ("The charge killed four and maimed 30.", 30),
        ("Two marines were hit.", 2),
        ("Twenty-one people are still on the wards.", 21),
        ("Six people suffered burns.", 6),
        ("Eight men needed treatment.", 8),
        ("The count of the wounded rose to 45.", 45),
    ] {
        assert_eq!(values(text).1, [wounded], "{text}");
    }
    let since_dead = "Three of those maimed in the raid on Marovka, in the north, died in hospital.";
    assert_eq!(values(since_dead).1, [] as [u32; 0]);
}
