using System;
using System.IO;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Csv;

/// <summary>What is left behind.</summary>
public sealed partial class UpdateFileTests
{
    [Theory]
    [InlineData("Note,Status")]
    [InlineData("Id,CustomerId")]
    public void Of_a_file_that_is_refused_no_copy_is_left(string header)
    {
        // Of a length that no other file there has.
        string text = header + "\n" + new string('x', 1_000_000 + (int)(DateTime.UtcNow.Ticks % 1_000_003)) + "\n";
        Assert.Throws<PartnerCenterException>(() => Open(text));
        Assert.DoesNotContain(
            new DirectoryInfo(Path.GetTempPath()).EnumerateFiles(),
            file => file.Name != Path.GetFileName(_path) && file.Exists && file.Length == text.Length);
    }
}
