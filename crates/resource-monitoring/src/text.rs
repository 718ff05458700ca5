//! What the three files say, taken apart as text.

use super::process::Usage;
use super::units::Units;

/// What a process has used, if it is the one that was started then. `io` is empty where the system
/// does not tell.
pub fn usage(units: Units, started: u64, statm: &[u8], io: &[u8], stat: &[u8]) -> Option<Usage> {
    let stat = String::from_utf8_lossy(stat); // a name is any bytes
    // The name stands in parentheses, and may have some, and spaces: what follows has neither.
    let (_, behind) = stat.rsplit_once(')')?;
    let mut fields = behind.split_ascii_whitespace();
    let mut number = |skip| fields.nth(skip)?.parse::<u64>().ok();
    let (user, system, since) = (number(11)?, number(0)?, number(6)?);
    let resident = str::from_utf8(statm).ok()?.split_ascii_whitespace().nth(1)?.parse().ok()?;
    let io = str::from_utf8(io).ok()?;
    let of = |name| io.lines().find_map(|line| line.strip_prefix(name)?.parse().ok());
    (since == started).then(|| Usage {
        cpu: units.milliseconds(user.saturating_add(system)),
        resident: units.bytes(resident),
        read: of("read_bytes: ").unwrap_or(0),
        written: of("write_bytes: ").unwrap_or(0),
    })
}
