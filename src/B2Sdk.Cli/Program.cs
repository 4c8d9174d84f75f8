Console.WriteLine("b2");
