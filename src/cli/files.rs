//! Many files in, a JSON line each out: what `extract` and `feed` share.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// Works on all files on all cores, and prints the lines in the order of the files.
///
/// A file that can't be opened is an error of the whole, before anything is printed.
pub fn each(files: &[PathBuf], line: impl Fn(&Path) -> Result<Value> + Sync) -> Result<()> {
    for file in files {
        let open = std::fs::File::open(file).with_context(|| format!("opening {}", file.display()))?;
        let metadata = open.metadata().with_context(|| format!("looking at {}", file.display()))?;
        ensure!(!metadata.is_dir(), "{} is a folder; give its files", file.display());
    }
    let next = AtomicUsize::new(0);
    let done: Vec<Mutex<Option<Result<Value>>>> = files.iter().map(|_| Mutex::new(None)).collect();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..cores.min(files.len()) {
            scope.spawn(|| {
                let take = || next.fetch_add(1, Ordering::Relaxed);
                while let Some((file, slot)) = files.iter().zip(&done).nth(take()) {
                    let result = line(file);
                    *slot.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(result);
                }
            });
        }
    });
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for slot in done {
        let Some(result) = slot.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner()) else {
            continue;
        };
        match writeln!(out, "{}", result?) {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(()),
            written => written.context("writing to stdout")?,
        }
    }
    match out.flush() {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(error).context("writing to stdout")
        }
        _ => Ok(()),
    }
}

/// A file's bytes, decompressed if it is gzip; more than `cap` of them is the inner error, in words.
pub fn read(file: &Path, cap: usize) -> Result<Result<Vec<u8>, String>> {
    let open = std::fs::File::open(file).with_context(|| format!("opening {}", file.display()))?;
    let mut head = Vec::new();
    let mut raw = std::io::BufReader::new(open);
    raw.by_ref().take(2).read_to_end(&mut head).with_context(|| format!("reading {}", file.display()))?;
    let is_gzip = head == [0x1f, 0x8b];
    let raw = std::io::Cursor::new(head).chain(raw);
    let mut bytes = Vec::new();
    let limit = cap as u64 + 1;
    let read = if is_gzip {
        flate2::read::MultiGzDecoder::new(raw).take(limit).read_to_end(&mut bytes)
    } else {
        raw.take(limit).read_to_end(&mut bytes)
    };
    match read {
        Err(error) if is_gzip => Ok(Err(format!("damaged gzip: {error}"))),
        Err(error) => Err(error).with_context(|| format!("reading {}", file.display())),
        Ok(_) if bytes.len() > cap => Ok(Err(format!("over {} MB", cap >> 20))),
        Ok(_) => Ok(Ok(bytes)),
    }
}
