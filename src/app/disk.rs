//! How full the disk of the data folder is: a database without room loses nothing, and does nothing either.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::config::Config;

const GB: u64 = 1_000_000_000;

/// The disk of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disk {
    /// Bytes that are free.
    pub free: u64,
    /// Bytes in all.
    pub total: u64,
}

impl Disk {
    /// The disk that the private database is on; `None` with one of elsewhere, or where it can't be looked at.
    pub fn of(config: &Config) -> Option<Disk> {
        if config.database_url.is_none() { Disk::at(&config.data_dir) } else { None }
    }

    /// The disk of a folder; `None` if it can't be looked at.
    pub fn at(folder: &Path) -> Option<Disk> {
        let disk = rustix::fs::statvfs(folder).ok()?;
        Some(Disk { free: disk.f_bavail * disk.f_frsize, total: disk.f_blocks * disk.f_frsize })
    }

    /// Whether little is left: less than 1 GB, and of a disk of over 20 GB less than 5 %, but for 10 GB.
    pub fn is_low(self) -> bool {
        self.free < self.bound()
    }

    fn bound(self) -> u64 {
        (self.total / 20).clamp(GB, 10 * GB)
    }
}

/// What is to be told of a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It has become low.
    Low,
    /// It is no longer.
    Ample,
}

/// What was told of the disk last, by this process.
#[derive(Debug, Default)]
pub struct Watch {
    /// To the log.
    pub log: Listener,
    /// To the admins, who can't always be reached.
    pub admins: Listener,
}

/// What one was told last.
#[derive(Debug, Default)]
pub struct Listener {
    low: AtomicBool,
}

impl Listener {
    /// What is to be told now, if anything. It is ample again with a fifth more than what is low.
    pub fn look(&self, disk: Disk) -> Option<Told> {
        let ample = disk.free > disk.bound() + disk.bound() / 5;
        match self.low.load(Ordering::Relaxed) {
            false if disk.is_low() => Some(Told::Low),
            true if ample => Some(Told::Ample),
            _ => None,
        }
    }

    /// Remembers what was told.
    pub fn told(&self, told: Told) {
        self.low.store(told == Told::Low, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_is_low_by_its_size_and_told_of_once_until_it_recovers() {
        let low = |free: u64, total: u64| Disk { free, total }.is_low();
        assert!(low(GB - 1, 8 * GB) && !low(GB, 8 * GB));
        assert!(low(4 * GB, 100 * GB) && !low(5 * GB, 100 * GB));
        assert!(low(9 * GB, 4_000 * GB) && !low(10 * GB, 4_000 * GB));
        let (admins, disk) = (Listener::default(), |free: u64| Disk { free, total: 100 * GB });
        assert_eq!(admins.look(disk(6 * GB)), None);
        assert_eq!(admins.look(disk(4 * GB)), Some(Told::Low));
        admins.told(Told::Low);
        assert_eq!([4 * GB, 5 * GB + 1, 6 * GB].map(|free| admins.look(disk(free))), [None; 3]);
        assert_eq!(admins.look(disk(7 * GB)), Some(Told::Ample));
        admins.told(Told::Ample);
        assert_eq!(admins.look(disk(7 * GB)), None);
    }
}
