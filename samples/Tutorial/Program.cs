Console.WriteLine("tutorial");
