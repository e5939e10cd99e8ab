use super::*;

#[test]
fn a_server_that_comes_up_is_waited_for_as_long_as_it_lives_and_one_that_goes_down_is_not() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("postgres");
    std::fs::create_dir(&folder).unwrap();
    // It lives by its command line, and comes up for ever.
    let mut server = programs::command("sh")
        .args(["-c", "read _", "postgres"])
        .arg(&folder)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let write = |state: &str| {
        let text = format!("{}\n{}\n0\n5432\n/none\n\n1 2\n{state}\n", server.id(), folder.display());
        std::fs::write(folder.join("postmaster.pid"), text).unwrap();
    };
    let identity = Identity::choose(&folder).unwrap();
    let data = data.path().to_owned();
    let cluster = Cluster { data, identity, share: Mutex::new(None), leaving: AtomicBool::new(false) };
    let limit = Duration::from_millis(300);
    let wait = |longest: Duration| {
        let users = lock_file(&cluster.data.join("postgres.users")).unwrap();
        let began = Instant::now();
        let waited =
            cluster.ensure_running(&mut Share { users, child: None }, limit, || began.elapsed() > longest);
        waited.unwrap_err().to_string()
    };
    write("starting");
    // A process has its command line a moment after it was started.
    while !PidFile::read(&folder).unwrap().lives(&folder) {
        std::thread::yield_now();
    }
    let error = wait(limit * 4);
    assert!(error.contains("still coming up"), "{error}");
    write("stopping");
    let error = wait(Duration::from_secs(30));
    assert!(error.contains("does not answer"), "{error}");
    server.kill().unwrap();
    server.wait().unwrap();
}
