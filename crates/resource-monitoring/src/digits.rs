//! What the three files say, byte by byte and no further than needed.

use memchr::memrchr;

use super::process::Usage;
use super::units::Units;

/// What a process has used, if it is the one that was started then. `io` is empty where the system
/// does not tell.
pub fn usage(units: Units, started: u64, statm: &[u8], io: &[u8], stat: &[u8]) -> Option<Usage> {
    let (cpu, since) = times(stat)?;
    let resident = resident(units, statm)?;
    let (read, written) = storage(io).unwrap_or_default();
    let cpu = units.milliseconds(cpu);
    (since == started).then_some(Usage { cpu, resident, read, written })
}

/// Ticks on a processor, and the tick of the start.
pub fn times(mut stat: &[u8]) -> Option<(u64, u64)> {
    // The name stands in parentheses, and may have some, and spaces: what follows has neither.
    stat = &stat[memrchr(b')', stat)? + 1..];
    let (user, system) = (number(field(&mut stat, 12)?)?, number(field(&mut stat, 1)?)?);
    Some((user.saturating_add(system), number(field(&mut stat, 7)?)?))
}

/// Bytes in memory.
pub fn resident(units: Units, mut statm: &[u8]) -> Option<u64> {
    Some(units.bytes(number(field(&mut statm, 1)?)?))
}

/// What stands behind so many spaces.
fn field<'a>(line: &mut &'a [u8], spaces: usize) -> Option<&'a [u8]> {
    let mut left = spaces;
    let at = line.iter().position(|byte| {
        left -= usize::from(*byte == b' ');
        left == 0
    })?;
    *line = &line[at + 1..];
    Some(line)
}

/// The digits that a text begins with; nothing if there are none, or too many.
fn number(text: &[u8]) -> Option<u64> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit());
    let mut number = None;
    for digit in digits {
        number =
            Some(number.unwrap_or(0_u64).checked_mul(10)?.checked_add(u64::from(digit - b'0'))?);
    }
    number
}

/// Bytes read and written: the fifth line and the sixth, if these are what they are called.
fn storage(io: &[u8]) -> Option<(u64, u64)> {
    const READ: &[u8] = b"\nread_bytes: ";
    const WRITTEN: &[u8] = b"\nwrite_bytes: ";
    let read = memchr::memmem::find(io, READ)? + READ.len();
    let written = memchr::memmem::find(&io[read..], WRITTEN)? + read + WRITTEN.len();
    Some((number(&io[read..])?, number(&io[written..])?))
}
