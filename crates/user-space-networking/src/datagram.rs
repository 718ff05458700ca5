//! How a datagram looks: a message's number, then the message.

/// Bytes before the message.
pub const HEADER: usize = 8;

/// The longest datagram of UDP over IPv4.
pub const LONGEST: usize = 65_507;

/// What stands before the message with this number.
pub fn header(number: usize) -> [u8; HEADER] {
    (number as u64).to_le_bytes()
}

/// A datagram's number and message, if it has both.
pub fn split(datagram: &[u8]) -> Option<(usize, &[u8])> {
    let (number, message) = datagram.split_first_chunk()?;
    Some((usize::try_from(u64::from_le_bytes(*number)).ok()?, message))
}
