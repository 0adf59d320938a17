//! The bytes of one frame, kept until the frame is whole and then written in one go.
//!
//! ratatui flushes several times a frame; a terminal that is slow, or far away, would show the
//! half-drawn states in between. Here a flush in mid-frame does nothing.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

/// "Show nothing until the end": terminals that do not know it skip it.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// A page of 200x60 cells in true colour stays below this.
const CAPACITY: usize = 1 << 16;

/// Where the terminal backend writes: into memory, never to the terminal.
#[derive(Clone, Debug)]
pub(super) struct Canvas(Rc<RefCell<Vec<u8>>>);

impl Write for Canvas {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The way from finished frames to the terminal.
#[derive(Debug)]
pub(super) struct Output<W> {
    canvas: Canvas,
    to: W,
}

impl<W: Write> Output<W> {
    /// An output that writes whole frames to `to`.
    pub(super) fn new(to: W) -> Self {
        let bytes = Vec::with_capacity(CAPACITY);
        Self {
            canvas: Canvas(Rc::new(RefCell::new(bytes))),
            to,
        }
    }

    /// A handle for the backend.
    pub(super) fn canvas(&self) -> Canvas {
        self.canvas.clone()
    }

    /// Starts a frame; what an unfinished one left behind is dropped.
    pub(super) fn begin(&self) {
        let mut bytes = self.canvas.0.borrow_mut();
        bytes.clear();
        bytes.extend_from_slice(BEGIN);
    }

    /// Closes the frame and writes it: one write call unless the terminal takes only a part.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        let mut bytes = self.canvas.0.borrow_mut();
        bytes.extend_from_slice(END);
        let written = self.to.write_all(&bytes).and_then(|()| self.to.flush());
        bytes.clear();
        bytes.shrink_to(CAPACITY);
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::backend::{Backend, CrosstermBackend};
    use ratatui::buffer::Cell;

    #[derive(Default)]
    struct Counting {
        calls: usize,
        bytes: Vec<u8>,
    }

    impl Write for &mut Counting {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.calls += 1;
            self.bytes.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_frame_of_200_by_60_cells_is_one_write_call_however_often_the_backend_flushes() {
        let mut counting = Counting::default();
        let mut output = Output::new(&mut counting);
        let mut backend = CrosstermBackend::new(output.canvas());
        let cell = Cell::new("█");
        output.begin();
        for y in 0..60 {
            backend
                .draw((0..200).map(|x| (x, y, &cell)))
                .and_then(|()| Backend::flush(&mut backend))
                .unwrap();
        }
        backend.hide_cursor().unwrap();
        output.finish().unwrap();
        assert_eq!(counting.calls, 1);
        assert!(counting.bytes.starts_with(BEGIN) && counting.bytes.ends_with(END));
    }

    #[test]
    fn half_a_frame_never_reaches_the_terminal() {
        let mut counting = Counting::default();
        let mut output = Output::new(&mut counting);
        output.begin();
        output.canvas().write_all(b"half").unwrap();
        output.begin();
        output.canvas().write_all(b"whole").unwrap();
        output.finish().unwrap();
        assert_eq!(counting.bytes, [BEGIN, b"whole", END].concat());
    }
}
