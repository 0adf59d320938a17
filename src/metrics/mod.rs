//! Pure: `(&Dataset, &Selection, &Calendar)` in, `Figure` out. One file a metric.
