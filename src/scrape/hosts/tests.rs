use super::*;

fn start() -> DateTime<Utc> {
    "2031-03-04T12:00:00Z".parse().unwrap()
}

fn after(seconds: i64) -> DateTime<Utc> {
    start() + TimeDelta::seconds(seconds)
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn host() -> Arc<Host> {
    Host::new(start())
}

#[test]
fn two_requests_to_a_host_are_a_second_apart_and_two_at_most_under_way() {
    let (host, rules) = (host(), Rules::none());
    let first = host.turn(&rules, false, start()).unwrap();
    assert_eq!(host.turn(&rules, false, start()).unwrap_err(), after(1));
    let _second = host.turn(&rules, false, after(1)).unwrap();
    assert!(host.turn(&rules, false, after(5)).is_err(), "two are under way");
    drop(first);
    assert!(host.turn(&rules, false, after(5)).is_ok());
}

#[test]
fn those_sent_away_come_back_one_after_the_other() {
    let (host, rules) = (host(), Rules::none());
    drop(host.turn(&rules, false, start()).unwrap());
    let slots: Vec<_> = (0..3).map(|_| host.turn(&rules, false, start()).unwrap_err()).collect();
    assert_eq!(slots, [after(1), after(2), after(3)]);
    for slot in slots {
        drop(host.turn(&rules, false, slot).unwrap());
    }
}

#[test]
fn a_host_s_own_delay_is_kept_up_to_a_bound() {
    let host = host();
    let slow = Rules::parse(b"User-agent: *\nCrawl-delay: 20\n");
    let turn = host.turn(&slow, true, start()).unwrap();
    assert_eq!(host.turn(&slow, true, after(1)).unwrap_err(), after(20));
    assert!(host.turn(&slow, true, after(20)).is_err(), "one at a time");
    drop(turn);
    assert!(host.turn(&slow, true, after(20)).is_ok());
    let endless = Rules::parse(b"User-agent: *\nCrawl-delay: 999999999999\n");
    let host = Host::new(start());
    drop(host.turn(&endless, false, start()).unwrap());
    assert_eq!(host.turn(&endless, false, start()).unwrap_err(), start() + LONGEST_GAP);
}

#[test]
fn a_host_that_the_owner_allows_is_asked_as_often_as_wanted() {
    let (host, rules) = (host(), Rules::none());
    let turns: Vec<Turn> = (0..20).map(|_| host.turn(&rules, true, start()).unwrap()).collect();
    assert_eq!(turns.len(), 20);
}

#[test]
fn a_host_that_sends_us_away_is_left_alone_for_a_day_at_most() {
    let host = host();
    host.hold(after(7_200), start());
    assert_eq!(host.turn(&Rules::none(), true, after(60)).unwrap_err(), after(7_200));
    host.hold(start() + TimeDelta::days(900), start());
    assert!(host.turn(&Rules::none(), true, start() + LONGEST_HOLD).is_ok());
}

#[test]
fn a_feed_that_links_to_a_million_hosts_costs_no_more_than_a_thousand() {
    let hosts = Hosts::default();
    let kept = hosts.of(&url("https://kept.example/"), start());
    for at in 0..3_000 {
        hosts.of(&url(&format!("https://h{at}.example/")), after(at)).weigh(100_000);
        hosts.of(&url("http://KEPT.example/feed"), after(at));
    }
    let known = lock(&hosts.0);
    let weight: usize = known.values().map(|host| host.weight.load(Ordering::Relaxed)).sum();
    assert!(known.len() <= MAX_HOSTS && weight <= MAX_RULES + 100_000, "{} {weight}", known.len());
    assert!(Arc::ptr_eq(&known["kept.example"], &kept), "what is in use is not forgotten");
}

#[test]
fn a_host_that_was_asked_by_a_clock_that_is_put_back_is_not_left_alone_until_then() {
    let (hosts, rules, week) = (Hosts::default(), Rules::none(), TimeDelta::days(7));
    let turn = |now| hosts.of(&url("https://a.example/feed"), now).turn(&rules, false, now).map(drop);
    turn(start() + week).unwrap();
    assert!(turn(start() + week).is_err());
    turn(start()).unwrap();
    assert_eq!(turn(start()).unwrap_err(), after(1), "it has a pace as any");
}
