//! Names of the machine page's costs from which bills and limits are made: written where they are
//! measured, looked up where they are paid.

/// A cycle of the core, by a chain of additions that wait for each other.
pub const CYCLE: &str = "cycle";
/// An instruction where nothing waits.
pub const INSTRUCTION: &str = "instruction at best";
/// An operation on a vector where nothing waits.
pub const VECTOR: &str = "vector operation at best";
/// A floating-point addition that waits for the one before.
pub const ADDITION: &str = "floating-point addition";
/// A floating-point multiplication that waits for the one before.
pub const MULTIPLICATION: &str = "floating-point multiplication";
/// One of these and an addition, each of which waits for the other.
pub const BEHIND_PRODUCT: &str = "floating-point multiplication and addition";
/// A simple operation on a vector that waits for the one before.
pub const SIMPLE: &str = "vector operation that waits";
/// From a vector to a general register and back.
pub const BETWEEN: &str = "from a vector to a register and back";
/// A multiplication without carries where nothing waits.
pub const CARRY_LESS: &str = "carry-less multiplication at best";
/// What is left of fetching a cache line from the second level behind arithmetic that takes as
/// long.
pub const BEHIND: &str = "cache line behind arithmetic";
/// A branch that is guessed wrongly.
pub const GUESS: &str = "mispredicted branch";
/// An atomic change of memory that no other core wants.
pub const ATOMIC: &str = "atomic fetch_add, alone";
/// Asking for memory and giving it back.
pub const ALLOCATION: &str = "allocation and free";
/// Into the kernel and back.
pub const SYSTEM_CALL: &str = "system call";
/// The first touch of a fresh page.
pub const FAULT: &str = "page fault";
/// Giving a page back that was touched.
pub const GIVEN_BACK: &str = "page given back";
/// Starting a thread and waiting for its end.
pub const THREAD: &str = "thread spawn and join";
/// A cache line that one core wrote and another one reads.
pub const HANDOVER: &str = "cache line from core to core";
/// A datagram that is sent and received.
pub const DATAGRAM: &str = "datagram over loopback";
/// A datagram to another thread, and its answer.
pub const ROUND_TRIP: &str = "round trip over loopback";
/// Handing the kernel's ring something to do, and hearing that it is done.
pub const RING: &str = "io_uring no-op";
